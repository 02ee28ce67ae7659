namespace Shop.GraphQL.Audit;

/// <summary>Names an entry of the audit trail.</summary>
internal readonly record struct AuditEntryId(long Value) : IRowId<AuditEntryId>
{
    /// <inheritdoc />
    public static AuditEntryId From(long value) => new(value);
}

/// <summary>That a member of staff has changed something: who, when, what, before and after. Never changed, never removed.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="At">When.</param>
/// <param name="Action">What they did: the name of the mutation, such as `stockSet`; `heapTake` where it was the heap of a process (`Operations:Heap`).</param>
/// <param name="SubjectId">The id of what was changed, which may be gone by now.</param>
/// <param name="Changes">What differs, field by field; at most 100.</param>
[Staff(StaffRole.Admin)]
internal sealed record AuditEntry(
    AuditEntryId Id,
    DateTimeOffset At,
    string Action,
    GlobalId SubjectId,
    [property: Staff(StaffRole.Admin), ListSize(10)] IReadOnlyList<AuditChange> Changes
)
{
    /// <summary>Who has done it.</summary>
    internal CustomerId ActorId { get; init; }

    /// <summary>What was changed, as it is now; null where it is gone, or cannot be fetched by its id alone.</summary>
    [Staff(StaffRole.Admin)]
    public IDataLoaderResult<Node?> Subject(
        IResolveFieldContext context,
        [FromServices] LoaderContext loaders
    ) => ((ShopSchema)context.Schema).Find(loaders, SubjectId) ?? LoaderResults.Of<Node?>(null);
}

/// <summary>A field that was changed.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Before">What it was: a text as it is, anything else as JSON; null for nothing.</param>
/// <param name="After">What it became.</param>
[Staff(StaffRole.Admin)]
internal sealed record AuditChange(string Field, string? Before, string? After);
