using System.Text.Json.Serialization;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing;

/// <summary>What an order keeps of what became of a promotion. All amounts are in the order's currency.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Title">What it was called then.</param>
/// <param name="Stage">When it took its turn.</param>
/// <param name="Minor">What it took off, in minor units; zero where it did not apply.</param>
/// <param name="Code">The code that the customer had typed for it; null where they had typed none.</param>
/// <param name="Hindrance">What kept it from applying; null where it did.</param>
[JsonConverter(typeof(FrozenOutcomeJson))]
public sealed record FrozenOutcome(
    PromotionId Id,
    string Title,
    PromotionStage Stage,
    long Minor,
    string? Code,
    FrozenHindrance? Hindrance
)
{
    /// <summary>From the quote.</summary>
    public static FrozenOutcome Of(Outcome outcome) =>
        new(
            outcome.Promotion.Id,
            outcome.Promotion.Title,
            outcome.Promotion.Stage,
            outcome.Amount.Minor,
            outcome.Code,
            outcome.Hindrance is { } hindrance ? FrozenHindrance.Of(hindrance) : null
        );

    /// <summary>As customers read of it.</summary>
    /// <param name="currency">ISO 4217 code of the order's currency.</param>
    public PromotionOutcome In(string currency) =>
        new(
            new(Id, Title),
            Code,
            new(Minor, currency),
            Hindrance?.Reason,
            Hindrance?.Missing is { } missing ? new Money(missing, currency) : null,
            Hindrance?.MissingUnits,
            Hindrance?.LostTo
        );
}

/// <summary>What an order keeps of what kept a promotion from applying.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Missing">How much more the goods would have had to cost, in minor units; null where that would not have done.</param>
/// <param name="MissingUnits">The least number of units that would have done; null where they would not have.</param>
/// <param name="LostTo">The promotion that applied instead; null where it is none in particular.</param>
public sealed record FrozenHindrance(
    PromotionReason Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Missing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MissingUnits,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PromotionInfo? LostTo
)
{
    internal static FrozenHindrance Of(Hindrance hindrance) =>
        new(
            hindrance.Reason,
            hindrance.Missing?.Minor,
            hindrance.MissingUnits,
            hindrance.LostTo is { } winner ? PromotionInfo.Of(winner) : null
        );
}

/// <summary>What an order keeps of what a promotion has taken off from a line.</summary>
/// <param name="Place">Which of the order's promotions, from 0.</param>
/// <param name="Minor">In minor units of the order's currency; more than zero.</param>
[JsonConverter(typeof(FrozenDiscountJson))]
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
}
