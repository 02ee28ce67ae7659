using Npgsql;

namespace Shop.Data.Search.Elastic;

/// <summary>An index as jobs see it.</summary>
internal sealed record EngineIndexRow(
    long Id,
    string Name,
    EngineIndexState State,
    int Mapping,
    long? AfterId,
    int Done,
    long FedRevision,
    DateTimeOffset FedAsOf,
    DateTimeOffset ChangedAt,
    bool WasLive
);

/// <summary>What is written down about indexes of Elasticsearch.</summary>
public sealed class EngineIndexes(Database<SearchDb> database, TimeProvider clock)
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
                row.GetInt64(0),
                row.GetString(1),
                Enum.Parse<EngineIndexState>(row.GetString(2)),
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
    /// <returns>Whether it was.</returns>
    internal async Task<bool> StartAsync(long id, string name, CancellationToken cancel)
    {
        var now = Sql.Value(clock.GetUtcNow());
        return await database.Primary.ExecuteAsync(
                $"""
                insert into search.engine_index (
                    id, name, state, mapping, done, total, fed_revision, fed_as_of, started_at, changed_at)
                select {Sql.Value(id)}, {Sql.Value(name)}, 'Building', {Sql.Value(ElasticMapping.Version)}, 0,
                    (select count(*) from search.product where is_searchable), revision, as_of, {now}, {now}
                from search.clock where filled_to is null
                on conflict do nothing
                """,
                cancel
            ) > 0;
    }

    /// <summary>So many products more are in it, up to this one.</summary>
    internal Task FilledAsync(
        EngineIndexRow index,
        long after,
        int more,
        IReadOnlyList<string> faults,
        CancellationToken cancel
    ) =>
        database.Primary.ExecuteAsync(
            $"""
            update search.engine_index set
                after_id = {Sql.Value(after)}, done = done + {Sql.Value(more)}, changed_at = {Sql.Value(
                clock.GetUtcNow()
            )},
                error = coalesce({Sql.Value(faults.Count == 0 ? null : faults[0])}, error)
            where id = {Sql.Value(index.Id)} and state = 'Building'
            """,
            cancel
        );

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
            where id = {Sql.Value(index.Id)} and fed_revision <= {Sql.Value(age.Revision)}
            """,
            cancel
        );

    /// <summary>It is searched from now on, in the place of what was searched before.</summary>
    internal async Task GoLiveAsync(EngineIndexRow index, CancellationToken cancel)
    {
        var now = Sql.Value(clock.GetUtcNow());
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(
            $"update search.engine_index set state = 'Old', changed_at = {now} where state = 'Live'",
            cancel
        );
        await connection.ExecuteAsync(
            $"""
            update search.engine_index set state = 'Live', live_at = {now}, changed_at = {now}
            where id = {Sql.Value(index.Id)} and state in ('Building', 'Old')
            """,
            cancel
        );
        await transaction.CommitAsync(cancel);
    }

    /// <summary>It came to nothing.</summary>
    internal Task FailAsync(EngineIndexRow index, string error, CancellationToken cancel) =>
        database.Primary.ExecuteAsync(
            $"""
            update search.engine_index set state = 'Failed', error = {Sql.Value(error)}, changed_at = {Sql.Value(
                clock.GetUtcNow()
            )}
            where id = {Sql.Value(index.Id)}
            """,
            cancel
        );

    /// <summary>It is removed, and nothing is to be told of it.</summary>
    internal Task ForgetAsync(EngineIndexRow index, CancellationToken cancel) =>
        database.Primary.ExecuteAsync(
            $"delete from search.engine_index where id = {Sql.Value(index.Id)}",
            cancel
        );
}
