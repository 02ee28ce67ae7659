using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Data.Shipping.Rates;

/// <summary>How the shop writes to a service of rates, and reads what it answers: docs/shipping.md.</summary>
internal static class RateLetter
{
    private const decimal MaxPrice = 1_000_000_000;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>The same for the same services, parcel and place, however its postal code is written.</summary>
    public static string Question(IReadOnlyList<string> services, Parcel parcel) =>
        JsonSerializer.Serialize(
            new
            {
                services,
                currencyCode = parcel.Currency,
                destination = new
                {
                    countryCode = parcel.Place.Country,
                    region = parcel.Place.Region,
                    postalCode = parcel.Place.PostalCode is { } code ? Places.Bare(code) : null,
                },
                parcel = new
                {
                    grams = parcel.Grams,
                    units = parcel.Units,
                    value = parcel.Value.Amount.ToString(CultureInfo.InvariantCulture),
                },
            },
            _json
        );

    /// <summary>What each service costs that is available; null where the text is no answer.</summary>
    public static IReadOnlyDictionary<string, Money>? Read(string text, string currency)
    {
        try
        {
            return
                JsonSerializer.Deserialize<Answer>(text, _json) is { Rates: { } rates } answer
                && answer.CurrencyCode == currency
                && rates.All(rate => IsSound(rate, currency))
                ? rates.ToDictionary(rate => rate!.Service!, rate => Money.Of(rate!.Price!.Value, currency))
                : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            // The latter where a service has two prices.
            return null;
        }
    }

    private static bool IsSound(Rate? rate, string currency) =>
        rate is { Service: not null, Price: >= 0 and <= MaxPrice }
        && rate.Price % Currencies.MinorUnit(currency) == 0;

    private sealed record Answer(string? CurrencyCode, IReadOnlyList<Rate?>? Rates);

    private sealed record Rate(string? Service, decimal? Price);
}
