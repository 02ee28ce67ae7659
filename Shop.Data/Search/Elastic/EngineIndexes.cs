using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Search.Rebuilding;

namespace Shop.Data.Search.Elastic;

/// <summary>An index as jobs see it.</summary>
internal sealed record EngineIndexRow(
    EngineIndexId Id,
    string Name,
    SearchIndexState State,
    int Mapping,
    long? AfterId,
    int Done,
    long FedRevision,
    DateTimeOffset FedAsOf,
    DateTimeOffset ChangedAt,
    bool WasLive
);

/// <summary>What is written down about indexes of Elasticsearch, and told of each step.</summary>
public sealed class EngineIndexes(
    Database<SearchDb> database,
    EngineIndexAnnouncements announcements,
    IOptions<ElasticOptions> options,
    TimeProvider clock
)
{
    /// <summary>All that is written down; the newest first.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    internal async Task<IReadOnlyList<EngineIndexRow>> ListAsync(CancellationToken cancel) =>
        await database.Primary.ListAsync(
            $"""
            select id, name, state, mapping, after_id, done, fed_revision, fed_as_of, changed_at,
                live_at is not null
            from search.engine_index order by id desc
            """,
            row => new EngineIndexRow(
                new(row.GetInt64(0)),
                row.GetString(1),
                Enum.Parse<SearchIndexState>(row.GetString(2)),
                row.GetInt32(3),
                row.GetValue(4) as long?,
                row.GetInt32(5),
                row.GetInt64(6),
                row.GetFieldValue<DateTimeOffset>(7),
                row.GetFieldValue<DateTimeOffset>(8),
                row.GetBoolean(9)
            ),
            cancel
        );

    /// <summary>Asks for an index to be built, from the revision of now. The tables have to be filled, and none may be being built.</summary>
    /// <param name="connection">To write it by.</param>
    /// <param name="id">Its id.</param>
    /// <param name="key">Of the member of staff's client that asks; null for the shop itself.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Whether it was.</returns>
    internal async Task<bool> StartAsync(
        NpgsqlConnection connection,
        EngineIndexId id,
        Guid? key,
        CancellationToken cancel
    )
    {
        var now = Sql.Value(clock.GetUtcNow());
        var name = Sql.Value($"{options.Value.Index}-{id.Value}");
        return await connection.ExecuteAsync(
                $"""
                insert into search.engine_index (
                    id, request_key, name, state, mapping, done, total, fed_revision, fed_as_of, started_at, changed_at)
                select {Sql.Value(id.Value)}, {Sql.Value(key)}, {name}, 'Building', {Sql.Value(
                    ElasticMapping.Version
                )}, 0,
                    (select count(*) from search.product where is_searchable), revision, as_of, {now}, {now}
                from search.clock where filled_to is null
                on conflict do nothing
                """,
                cancel
            ) > 0;
    }

    /// <summary>So many products more are in it, up to this one.</summary>
    internal async Task FilledAsync(
        EngineIndexRow index,
        long after,
        int more,
        IReadOnlyList<string> faults,
        CancellationToken cancel
    )
    {
        var now = Sql.Value(clock.GetUtcNow());
        await database.Primary.ExecuteAsync(
            $"""
            update search.engine_index set version = version + 1,
                after_id = {Sql.Value(after)}, done = done + {Sql.Value(more)}, changed_at = {now},
                error = coalesce({Sql.Value(faults.Count == 0 ? null : faults[0])}, error)
            where id = {Sql.Value(index.Id.Value)} and state = 'Building'
            """,
            cancel
        );
        await announcements.PublishAsync(index.Id);
    }

    /// <summary>It has all changes up to a revision.</summary>
    internal Task FedAsync(
        EngineIndexRow index,
        IndexAge age,
        IReadOnlyList<string> faults,
        CancellationToken cancel
    ) =>
        database.Primary.ExecuteAsync(
            $"""
            update search.engine_index set
                fed_revision = {Sql.Value(age.Revision)}, fed_as_of = {Sql.Value(age.AsOf)},
                error = coalesce({Sql.Value(faults.Count == 0 ? null : faults[0])}, error)
            where id = {Sql.Value(index.Id.Value)} and fed_revision <= {Sql.Value(age.Revision)}
            """,
            cancel
        );

    /// <summary>It is searched from now on, in the place of what was searched before.</summary>
    internal async Task GoLiveAsync(EngineIndexRow index, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var former = await GoLiveAsync(connection, index.Id, cancel);
        await transaction.CommitAsync(cancel);
        await announcements.PublishAsync(index.Id, former);
    }

    /// <summary>The same inside a transaction; tell of both once it is committed.</summary>
    /// <returns>What was searched before; null for none.</returns>
    internal async Task<EngineIndexId?> GoLiveAsync(
        NpgsqlConnection connection,
        EngineIndexId index,
        CancellationToken cancel
    )
    {
        var now = Sql.Value(clock.GetUtcNow());
        var former = await connection.FindAsync<EngineIndexId?>(
            $"""
            update search.engine_index set state = 'Old', version = version + 1, changed_at = {now}
            where state = 'Live' returning id
            """,
            row => new EngineIndexId(row.GetInt64(0)),
            cancel
        );
        await connection.ExecuteAsync(
            $"""
            update search.engine_index set
                state = 'Live', version = version + 1, live_at = {now}, changed_at = {now}
            where id = {Sql.Value(index.Value)} and state in ('Building', 'Old')
            """,
            cancel
        );
        return former;
    }

    /// <summary>It came to nothing.</summary>
    internal async Task FailAsync(EngineIndexRow index, string error, CancellationToken cancel)
    {
        var now = Sql.Value(clock.GetUtcNow());
        await database.Primary.ExecuteAsync(
            $"""
            update search.engine_index set state = 'Failed', version = version + 1, error = {Sql.Value(
                error
            )}, changed_at = {now}
            where id = {Sql.Value(index.Id.Value)}
            """,
            cancel
        );
        await announcements.PublishAsync(index.Id);
    }

    /// <summary>It is removed, and nothing is to be told of it.</summary>
    internal Task ForgetAsync(EngineIndexRow index, CancellationToken cancel) =>
        database.Primary.ExecuteAsync(
            $"delete from search.engine_index where id = {Sql.Value(index.Id.Value)}",
            cancel
        );
}
