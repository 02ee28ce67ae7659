using Shop.Data.Pricing;

namespace Shop.GraphQL.Orders;

/// <summary>A promotion that the order was promised is used up, so that it was rejected. The shopper may order again without it.</summary>
/// <param name="Promotion">Which one.</param>
/// <param name="TypedCode">The code that was typed for it; null where none was.</param>
/// <param name="IsByYou">True where the shopper has used it as often as they can; false where all together have.</param>
internal sealed record PromotionUsedUp(PromotionInfo Promotion, string? TypedCode, bool IsByYou) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.PromotionUsedUp;

    /// <inheritdoc cref="Problem.Message" />
    public string Message =>
        IsByYou ? $"{Promotion.Title} was used before by this customer." : $"{Promotion.Title} is used up.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}
