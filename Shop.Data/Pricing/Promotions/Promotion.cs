namespace Shop.Data.Pricing.Promotions;

/// <summary>Money off: how much, of what, on which conditions and when.</summary>
public sealed record Promotion
{
    /// <summary>Among promotions of one stage and one priority, the smaller id comes first.</summary>
    public required PromotionId Id { get; init; }

    /// <summary>What customers read of it; 1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>1 when it was made; rises by one with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>In a stage, the smaller number comes first.</summary>
    public int Priority { get; init; } = 100;

    /// <summary>Of the promotions of one group, which are all of one stage, one applies; null where it stacks with all.</summary>
    public string? Group { get; init; }

    /// <summary>Which one of its group applies.</summary>
    public GroupPick Pick { get; init; }

    /// <summary>Applies with no other promotion than those of <see cref="PromotionStage.Price"/>, where that costs less.</summary>
    public bool Alone { get; init; }

    /// <summary>Does nothing until the customer has typed a code of it.</summary>
    public bool NeedsCode { get; init; }

    /// <summary>A cart tells what is missing for it, even where no code of it was typed.</summary>
    public bool IsAdvertised { get; init; }

    /// <summary>The first moment at which it runs; null for always.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The first moment at which it runs no more; null for never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When staff stopped it; null while it runs as planned.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>How often it can be used; at most one of a kind, and none for as often as it fits.</summary>
    public IReadOnlyList<UseLimit> Limits { get; init; } = [];

    /// <summary>An order that comes to nothing does not give its use back.</summary>
    public bool KeepsUsesOfCancelled { get; init; }

    /// <summary>What has to be so; null for nothing.</summary>
    public Condition? When { get; init; }

    /// <summary>What it does.</summary>
    public required PromotionAction Action { get; init; }

    /// <summary>When it takes its turn.</summary>
    public PromotionStage Stage => Action.Stage;

    /// <summary>How often it can be used by those who are counted together; null for as often as it fits.</summary>
    public int? MaxUses(LimitPer per) => Limits.FirstOrDefault(limit => limit.Per == per)?.Uses;
}

/// <summary>Which promotion of a group applies.</summary>
public enum GroupPick
{
    /// <summary>The one that takes off most; among equal ones the first.</summary>
    BestForShopper,

    /// <summary>The first one that takes off anything.</summary>
    First,
}
