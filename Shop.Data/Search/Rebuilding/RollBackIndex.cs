using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Search.Elastic;

namespace Shop.Data.Search.Rebuilding;

/// <summary>Why an index cannot be searched again.</summary>
public enum RollbackFault
{
    /// <summary>It was not searched before, or is gone.</summary>
    State,

    /// <summary>It was put aside so long ago that it is about to be removed.</summary>
    Late,

    /// <summary>This release writes and reads indexes in another way.</summary>
    Mapping,
}

/// <summary>Every way <see cref="RollBackIndex"/> can end that a client can do something about.</summary>
public abstract record RollBackIndexResult
{
    private RollBackIndexResult() { }

    /// <summary>It is searched.</summary>
    /// <param name="Replayed">True where it was already.</param>
    public sealed record Done(bool Replayed) : RollBackIndexResult;

    /// <summary>There is no such index.</summary>
    public sealed record NotFound : RollBackIndexResult;

    /// <summary>It cannot be.</summary>
    public sealed record Refused(RollbackFault Fault) : RollBackIndexResult;
}

/// <summary>
/// Has the index searched again that was searched before, and was fed ever since: two rows and the audit entry in one transaction. Web hosts
/// follow within a second, and the alias of Elasticsearch by <see cref="RebuildIndex"/>. Done twice is once.
/// </summary>
public sealed class RollBackIndex(
    Database<SearchDb> database,
    EngineIndexes indexes,
    EngineIndexAnnouncements announcements,
    NewId newId,
    TimeProvider clock
)
{
    // It is kept an hour, by the clock of another host.
    private static readonly TimeSpan _keptFor = TimeSpan.FromMinutes(59);

    /// <param name="id">Which index shall be searched.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancel">Ends it; then nothing was done.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away; try again.</exception>
    public async Task<RollBackIndexResult> RunAsync(
        EngineIndexId id,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await LockAsync(connection, id, cancel) is not { } stored)
        {
            return new RollBackIndexResult.NotFound();
        }

        if (stored.State == SearchIndexState.Live)
        {
            return new RollBackIndexResult.Done(Replayed: true);
        }

        if (Fault(stored) is { } fault)
        {
            return new RollBackIndexResult.Refused(fault);
        }

        var former = await indexes.GoLiveAsync(connection, id, cancel);
        var trail = new AuditTrail(actor, "searchRollback", clock.GetUtcNow(), newId);
        trail.Note(
            "SearchIndex",
            id,
            new { State = $"{SearchIndexState.Old}" },
            new { State = $"{SearchIndexState.Live}", InPlaceOf = former }
        );
        await trail.WriteAsync(connection, "search", cancel);
        await transaction.CommitAsync(cancel);
        await announcements.PublishAsync(id, former);
        return new RollBackIndexResult.Done(Replayed: false);
    }

    private RollbackFault? Fault(Stored index) =>
        index.State != SearchIndexState.Old ? RollbackFault.State
        : index.Mapping != ElasticMapping.Version ? RollbackFault.Mapping
        : clock.GetUtcNow() - index.ChangedAt > _keptFor ? RollbackFault.Late
        : null;

    private static Task<Stored?> LockAsync(
        NpgsqlConnection connection,
        EngineIndexId id,
        CancellationToken cancel
    ) =>
        connection.FindAsync(
            $"select state, mapping, changed_at from search.engine_index where id = {Sql.Value(id.Value)} for update",
            row => new Stored(
                Enum.Parse<SearchIndexState>(row.GetString(0)),
                row.GetInt32(1),
                row.GetFieldValue<DateTimeOffset>(2)
            ),
            cancel
        );

    private sealed record Stored(SearchIndexState State, int Mapping, DateTimeOffset ChangedAt);
}
