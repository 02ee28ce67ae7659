namespace Shop.Data.Pricing.Promotions;

/// <summary>What keeps a promotion from applying.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Missing">How much more the goods would have to cost; null where that would not do.</param>
/// <param name="MissingUnits">The least number of units, of any kind, that would do; null where they would not.</param>
/// <param name="LostTo">The promotion that applies instead; null where it is none in particular.</param>
public sealed record Hindrance(
    PromotionReason Reason,
    Money? Missing = null,
    int? MissingUnits = null,
    Promotion? LostTo = null
);
