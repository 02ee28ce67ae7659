using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>What became of a promotion.</summary>
/// <param name="Promotion">Which one.</param>
/// <param name="Code">The code that the customer typed for it; null where they typed none.</param>
/// <param name="Amount">What it took off; zero where it did not apply.</param>
/// <param name="Hindrance">What kept it from applying; null where it did.</param>
public sealed record Outcome(Promotion Promotion, string? Code, Money Amount, Hindrance? Hindrance)
{
    /// <summary>Whether it took anything off.</summary>
    public bool IsApplied => Hindrance is null;

    /// <summary>Told even where it did not apply: the customer typed its code, or the shop advertises it.</summary>
    internal bool IsNamed => Code is not null || Promotion.IsAdvertised;
}

/// <summary>What a promotion has taken off from a line or from shipping.</summary>
/// <param name="Promotion">Which one.</param>
/// <param name="Code">The code that the customer typed for it; null where it needed none.</param>
/// <param name="Amount">More than zero.</param>
public sealed record Discount(Promotion Promotion, string? Code, Money Amount);
