namespace Shop.Data.Pricing.Codes;

/// <summary>Names the codes of one call.</summary>
public readonly record struct CodeBatchId(long Value) : IRowId<CodeBatchId>
{
    /// <inheritdoc />
    public static CodeBatchId From(long value) => new(value);
}

/// <summary>Codes that one call has asked for, and how far their making is. It is moved on in the transaction that makes them.</summary>
public sealed class CodeBatch
{
    /// <summary>Sorts by time of birth; its codes bear it.</summary>
    public CodeBatchId Id { get; init; }

    /// <summary>Whose codes they are.</summary>
    public PromotionId PromotionId { get; init; }

    /// <summary>What made codes begin with; empty for nothing, and where they were named.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How many there shall be.</summary>
    public int Wanted { get; init; }

    /// <summary>How many there are.</summary>
    public int Made { get; internal set; }

    /// <summary>The first moment at which they are taken no more; null for never, as long as their promotion runs.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When they were asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last of them was made; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; internal set; }

    /// <summary>1 when they were asked for; rises by one with each piece that is made.</summary>
    public int Version { get; internal set; } = 1;
}
