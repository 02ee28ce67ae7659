using System.Text.Json;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>Reads fields of Stripe's objects; what is not there, or null, is null.</summary>
internal static class StripeJson
{
    /// <summary>A field that is an object.</summary>
    public static JsonElement? Object(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Object ? field : null;

    /// <summary>A field that is text.</summary>
    public static string? Text(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : null;

    /// <summary>A field that is a whole number.</summary>
    public static long? Number(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var field)
        && field.ValueKind == JsonValueKind.Number
        && field.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>A text of the object's metadata, which the shop has put there.</summary>
    public static string? Metadata(this JsonElement of, string name) => of.Object("metadata")?.Text(name);

    /// <summary>An amount in the shop's minor units, with the object's currency; null where there is none that can be read.</summary>
    public static Money? Amount(this JsonElement of, string name)
    {
        var currency = of.Text("currency")?.ToUpperInvariant();
        return
            currency is not null
            && of.Number(name) is { } wire
            && StripeAmounts.FromWire(wire, currency) is { } minor
            ? new(minor, currency)
            : null;
    }

    /// <summary>A moment, which Stripe tells in seconds.</summary>
    public static DateTimeOffset? Moment(this JsonElement of, string name) =>
        of.Number(name) is { } second ? DateTimeOffset.FromUnixTimeSeconds(second) : null;
}
