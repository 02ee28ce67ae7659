namespace Shop.Data.Audit;

/// <summary>
/// That a member of staff has changed something: who, when, what, before and after. Written in the transaction of the change,
/// in the context's own table; never changed, never removed.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>A Snowflake: sorts by time over all contexts.</summary>
    public long Id { get; internal init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; internal init; }

    /// <summary>Who.</summary>
    public CustomerId ActorId { get; internal init; }

    /// <summary>What they did, in the words of the schema: <c>stockSet</c>.</summary>
    public string Action { get; internal init; } = "";

    /// <summary>Kind of thing that was changed, in the words of the schema: <c>ProductVariant</c>.</summary>
    public string SubjectKind { get; internal init; } = "";

    /// <summary>Which one.</summary>
    public long SubjectId { get; internal init; }

    /// <summary>What was, as JSON, as far as it was changed; null for something new.</summary>
    public string? Before { get; internal init; }

    /// <summary>What is, as JSON, as far as it was changed; null for something that is gone.</summary>
    public string? After { get; internal init; }
}
