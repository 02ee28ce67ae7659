using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Uses;

/// <summary>Why uses of a promotion moved.</summary>
public enum UseKind : short
{
    /// <summary>Taken for an order; uses above zero.</summary>
    Redeemed = 1,

    /// <summary>Given back by an order that came to nothing; uses below zero.</summary>
    Released = 2,
}

/// <summary>A line of the ledger: written once, never changed.</summary>
public sealed class PromotionMovement
{
    /// <summary>The order that caused it.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>The promotion.</summary>
    public PromotionId PromotionId { get; private init; }

    /// <summary>Whose uses.</summary>
    public LimitPer Per { get; private init; }

    /// <summary>The customer or the code; empty for all orders.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>Why.</summary>
    public UseKind Kind { get; private init; }

    /// <summary>Change of what its counter has; never zero.</summary>
    public int Uses { get; private init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private init; }
}
