using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing;

/// <summary>
/// What an order keeps of what became of a promotion. In few bytes, since there may be dozens in an order: what is null or zero is not
/// written, and all amounts are in the order's currency.
/// </summary>
/// <param name="Id">Which one.</param>
/// <param name="Title">What it was called then.</param>
/// <param name="Code">The code that the customer had typed for it; null where they had typed none.</param>
/// <param name="Minor">What it took off, in minor units; zero where it did not apply.</param>
/// <param name="Stage">When it took its turn.</param>
/// <param name="Reason">Why it did not apply; null where it did.</param>
/// <param name="Missing">How much more the goods would have had to cost, in minor units; null where that would not have done.</param>
/// <param name="MissingUnits">The least number of units that would have done; null where they would not have.</param>
/// <param name="LostTo">The promotion that applied instead; null where it is none in particular.</param>
public sealed record FrozenOutcome(
    PromotionId Id,
    string Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Minor,
    PromotionStage Stage,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PromotionReason? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Missing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MissingUnits,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PromotionInfo? LostTo
)
{
    /// <summary>From the quote.</summary>
    public static FrozenOutcome Of(Outcome outcome) =>
        new(
            outcome.Promotion.Id,
            outcome.Promotion.Title,
            outcome.Code,
            outcome.Amount.Minor,
            outcome.Promotion.Stage,
            outcome.Hindrance?.Reason,
            outcome.Hindrance?.Missing?.Minor,
            outcome.Hindrance?.MissingUnits,
            outcome.Hindrance?.LostTo is { } winner ? PromotionInfo.Of(winner) : null
        );

    /// <summary>As customers read of it.</summary>
    /// <param name="currency">ISO 4217 code of the order's currency.</param>
    public PromotionOutcome In(string currency) =>
        new(
            new(Id, Title),
            Code,
            new(Minor, currency),
            Reason,
            Missing is { } missing ? new Money(missing, currency) : null,
            MissingUnits,
            LostTo
        );
}

/// <summary>What an order keeps of what a promotion has taken off from a line.</summary>
/// <remarks>Stored as a pair, <c>[3,120]</c>: a line may have dozens.</remarks>
/// <param name="Place">Which of the order's promotions, from 0.</param>
/// <param name="Minor">In minor units of the order's currency; more than zero.</param>
[JsonConverter(typeof(Json))]
public readonly record struct FrozenDiscount(int Place, long Minor)
{
    /// <summary>As customers read of it.</summary>
    /// <param name="promotions">All that the order keeps.</param>
    /// <param name="currency">ISO 4217 code of the order's currency.</param>
    public DiscountAllocation In(IReadOnlyList<FrozenOutcome> promotions, string currency)
    {
        var promotion = promotions[Place];
        return new(new(promotion.Id, promotion.Title), promotion.Code, new(Minor, currency), promotion.Stage);
    }

    private sealed class Json : JsonConverter<FrozenDiscount>
    {
        public override FrozenDiscount Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            reader.Read();
            var place = reader.GetInt32();
            reader.Read();
            var minor = reader.GetInt64();
            reader.Read();
            return new(place, minor);
        }

        public override void Write(Utf8JsonWriter writer, FrozenDiscount value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.Place);
            writer.WriteNumberValue(value.Minor);
            writer.WriteEndArray();
        }
    }
}
