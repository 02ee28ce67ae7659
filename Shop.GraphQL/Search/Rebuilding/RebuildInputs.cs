using Shop.Data.Search;

namespace Shop.GraphQL.Search.Rebuilding;

/// <summary>An index to be built.</summary>
/// <param name="IdempotencyKey">The same key starts one, however often it is sent, for as long as that index is known.</param>
internal sealed record SearchRebuildInput(Guid IdempotencyKey);

/// <summary>An index to be searched again.</summary>
/// <param name="IndexId">Which: one that is `OLD`, as `operations { search { indexes } }` tells. Said twice is once.</param>
internal sealed record SearchRollbackInput(EngineIndexId IndexId);

/// <summary>What became of the wish for an index.</summary>
/// <param name="Replayed">True where nothing new was started: the index of this key, or the one that is being built anyway.</param>
/// <param name="Problems">Why none is built; empty on success.</param>
[Staff(StaffRole.Catalog)]
internal sealed record SearchRebuildPayload(
    bool Replayed,
    [property: ListSize(1)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>Which index it is.</summary>
    internal EngineIndexId? IndexId { get; init; }

    /// <summary>The index: watch `searchRebuildChanged`. Null where none is built.</summary>
    public IDataLoaderResult<SearchIndex?>? Index([FromServices] LoaderContext loaders) =>
        IndexId is { } id ? loaders.Get<SearchIndexById>().Load(id) : null;

    internal static SearchRebuildPayload Refused(Problem problem) => new(Replayed: false, [problem]);
}

/// <summary>What became of the wish to search another index.</summary>
/// <param name="Replayed">True where it was searched already: nothing has changed.</param>
/// <param name="Problems">Why nothing has changed; empty on success.</param>
[Staff(StaffRole.Admin)]
internal sealed record SearchRollbackPayload(
    bool Replayed,
    [property: ListSize(1)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>Which index it is.</summary>
    internal EngineIndexId? IndexId { get; init; }

    /// <summary>The index that is searched now, on all nodes within a second; null where nothing has changed.</summary>
    public IDataLoaderResult<SearchIndex?>? Index([FromServices] LoaderContext loaders) =>
        IndexId is { } id ? loaders.Get<SearchIndexById>().Load(id) : null;

    internal static SearchRollbackPayload Refused(Problem problem) => new(Replayed: false, [problem]);
}
