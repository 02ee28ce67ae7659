using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>What a promotion takes off.</summary>
public abstract record PromotionAction
{
    private protected PromotionAction() { }

    /// <summary>When it takes its turn.</summary>
    public abstract PromotionStage Stage { get; }

    /// <summary>What it takes off from a line does not depend on other lines, so that a group decides line by line.</summary>
    internal virtual bool IsByLine => false;

    /// <summary>What it would take off now.</summary>
    internal abstract Cuts CutsIn(Pass pass);
}
