namespace Shop.Data.Pricing.Codes;

/// <summary>A code that a customer types for a promotion.</summary>
public sealed class PromotionCode
{
    /// <summary>Capitals and digits; see <see cref="CodeText"/>.</summary>
    public string Code { get; private init; } = "";

    /// <summary>Whose code it is.</summary>
    public PromotionId PromotionId { get; private init; }

    /// <summary>A Snowflake that the codes of one call share: later ones have a larger one.</summary>
    public long BatchId { get; private init; }

    /// <summary>The first moment at which it is taken no more; null for never, as long as its promotion runs.</summary>
    public DateTimeOffset? EndsAt { get; private init; }
}
