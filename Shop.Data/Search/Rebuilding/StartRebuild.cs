using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Search.Elastic;

namespace Shop.Data.Search.Rebuilding;

/// <summary>Every way <see cref="StartRebuild"/> can end that a client can do something about.</summary>
public abstract record StartRebuildResult
{
    private StartRebuildResult() { }

    /// <summary>An index is built, or was by the same key.</summary>
    /// <param name="Id">Which one it is.</param>
    /// <param name="Replayed">True where this call has not started it: an earlier one had, or the shop itself.</param>
    public sealed record Started(EngineIndexId Id, bool Replayed) : StartRebuildResult;

    /// <summary>The shop has no Elasticsearch.</summary>
    public sealed record NoEngine : StartRebuildResult;

    /// <summary>The shop's own tables are filled for the first time; an index is built of them afterwards, by itself.</summary>
    public sealed record NotYet : StartRebuildResult;
}

/// <summary>
/// Has an index of Elasticsearch built beside the one that is searched: row and audit entry in one transaction. <see cref="RebuildIndex"/> does it,
/// in the background.
/// </summary>
public sealed class StartRebuild(
    Database<SearchDb> database,
    EngineIndexes indexes,
    EngineIndexAnnouncements announcements,
    ElasticLine line,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="key">Chosen by the client; the same key starts one.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancel">Ends it; then nothing was done.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<StartRebuildResult> RunAsync(Guid key, CustomerId actor, CancellationToken cancel)
    {
        if (!line.IsOn)
        {
            return new StartRebuildResult.NoEngine();
        }

        var id = newId.Next<EngineIndexId>();
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        while (!await TryAsync(connection, id, key, actor, cancel))
        {
            var (isFilled, earlier) = await EarlierAsync(connection, key, cancel);
            if (!isFilled)
            {
                return new StartRebuildResult.NotYet();
            }

            if (earlier is { } first)
            {
                return new StartRebuildResult.Started(first, Replayed: true);
            }

            // The one that was in the way has just come to its end.
        }

        await announcements.PublishAsync(id);
        return new StartRebuildResult.Started(id, Replayed: false);
    }

    private async Task<bool> TryAsync(
        NpgsqlConnection connection,
        EngineIndexId id,
        Guid key,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (!await indexes.StartAsync(connection, id, key, cancel))
        {
            return false;
        }

        var trail = new AuditTrail(actor, "searchRebuild", clock.GetUtcNow(), newId);
        trail.Note(
            "SearchIndex",
            id,
            before: null,
            new { State = $"{SearchIndexState.Building}", Mapping = ElasticMapping.Version }
        );
        await trail.WriteAsync(connection, "search", cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    // The one of this key, or the one that is being built.
    private static async Task<(bool IsFilled, EngineIndexId? Id)> EarlierAsync(
        NpgsqlConnection connection,
        Guid key,
        CancellationToken cancel
    ) =>
        await connection.FindAsync(
            $"""
            select filled_to is null, (
                select id from search.engine_index
                where request_key = {Sql.Value(key)} or state = 'Building'
                order by state = 'Building' limit 1)
            from search.clock
            """,
            row =>
                (
                    row.GetBoolean(0),
                    row.GetValue(1) is long id ? new EngineIndexId(id) : (EngineIndexId?)null
                ),
            cancel
        );
}
