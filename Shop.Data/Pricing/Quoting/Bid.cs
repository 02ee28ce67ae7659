using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>What a promotion would do at its turn.</summary>
/// <param name="Promotion">Which one.</param>
/// <param name="Cuts">What it would take off; or what hinders it.</param>
internal sealed record Bid(Promotion Promotion, Cuts Cuts)
{
    /// <summary>What a promotion in force would do now.</summary>
    public static Bid Of(Promotion promotion, Pass pass) =>
        new(
            promotion,
            promotion.When?.Check(pass) is { } hindrance
                ? Cuts.None(hindrance)
                : promotion.Action.CutsIn(pass)
        );
}
