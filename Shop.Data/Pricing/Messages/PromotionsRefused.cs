using Shop.Data.Messages;
using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Messages;

/// <summary>An order wanted a promotion that is used up; nothing was taken for it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Uses">Each that could not be had; never empty.</param>
public sealed record PromotionsRefused(OrderId OrderId, IReadOnlyList<RefusedUse> Uses) : IFact
{
    /// <inheritdoc />
    public static string Topic => "pricing.promotions_refused";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}

/// <summary>A use of a promotion that an order could not have.</summary>
/// <param name="Promotion">Which one.</param>
/// <param name="Code">The code that was typed for it; null where none was.</param>
/// <param name="Reason"><see cref="PromotionReason.UsedUp"/> or <see cref="PromotionReason.UsedByYou"/>.</param>
public sealed record RefusedUse(PromotionInfo Promotion, string? Code, PromotionReason Reason);
