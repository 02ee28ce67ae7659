using System.Text.Json.Serialization;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing;

/// <summary>A promotion as customers read of it.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Title">What it is called; of an order, what it was called then.</param>
public sealed record PromotionInfo(PromotionId Id, string Title)
{
    internal static PromotionInfo Of(Promotion promotion) => new(promotion.Id, promotion.Title);
}

/// <summary>What became of a promotion. An order keeps it as it was when it was placed.</summary>
/// <param name="Promotion">Which one.</param>
/// <param name="Code">The code that the customer has typed for it; null where they typed none.</param>
/// <param name="Amount">What it took off; zero where it did not apply.</param>
/// <param name="Reason">Why it did not apply; null where it did.</param>
/// <param name="Missing">How much more the goods would have to cost; null where that would not do.</param>
/// <param name="MissingUnits">The least number of units that would do; null where they would not.</param>
/// <param name="LostTo">The promotion that applies instead; null where it is none in particular.</param>
public sealed record PromotionOutcome(
    PromotionInfo Promotion,
    string? Code,
    Money Amount,
    PromotionReason? Reason,
    Money? Missing,
    int? MissingUnits,
    PromotionInfo? LostTo
)
{
    /// <summary>Whether it took anything off.</summary>
    public bool IsApplied => Reason is null;
}

/// <summary>What a promotion has taken off from a line. An order keeps it as it was when it was placed.</summary>
/// <param name="Promotion">Which one.</param>
/// <param name="Code">The code that the customer has typed for it; null where they typed none.</param>
/// <param name="Amount">More than zero.</param>
/// <param name="Stage">When it took its turn.</param>
public sealed record DiscountAllocation(
    PromotionInfo Promotion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
    Money Amount,
    PromotionStage Stage
)
{
    /// <summary>From the quote.</summary>
    public static DiscountAllocation Of(Discount discount) =>
        new(PromotionInfo.Of(discount.Promotion), discount.Code, discount.Amount, discount.Promotion.Stage);
}
