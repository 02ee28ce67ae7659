using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Uses;

/// <summary>How often a promotion with a limit was used, by those who are counted together. Each has one of all orders.</summary>
public sealed class PromotionCounter
{
    /// <summary>The promotion.</summary>
    public PromotionId PromotionId { get; private init; }

    /// <summary>Whose uses.</summary>
    public LimitPer Per { get; private init; }

    /// <summary>The customer or the code; empty for all orders.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>Uses that orders hold.</summary>
    public int Used { get; private init; }

    /// <summary>The limit when it was used last; null where there was none. It may have been lowered since.</summary>
    public int? MaxUses { get; private init; }
}
