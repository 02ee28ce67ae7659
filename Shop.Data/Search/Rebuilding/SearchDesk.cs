using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Elastic;

namespace Shop.Data.Search.Rebuilding;

/// <summary>Who finds products.</summary>
public enum SearchStore
{
    /// <summary>PostgreSQL: the shop has no Elasticsearch.</summary>
    Tables,

    /// <summary>Elasticsearch.</summary>
    Elasticsearch,

    /// <summary>PostgreSQL in the place of an Elasticsearch that is away, or has no index yet.</summary>
    Fallback,

    /// <summary>Nobody: Elasticsearch is away, and nothing may take its place.</summary>
    Nobody,
}

/// <summary>How the search stands.</summary>
/// <param name="Store">Who answers on this node.</param>
/// <param name="Age">How old the index is that is asked: that of Elasticsearch, or our own tables.</param>
/// <param name="IsFilled">Whether our own tables have all that the shop had before there was an index.</param>
public sealed record SearchStanding(SearchStore Store, IndexAge Age, bool IsFilled);

/// <summary>The operator's side of the search: who answers, how old the index is, and which there are. Reads the primary.</summary>
public sealed class SearchDesk(
    Database<SearchDb> database,
    ElasticLine line,
    LiveIndex live,
    HeldColumns held,
    IOptions<SearchOptions> options
)
{
    /// <summary>Who answers on this node.</summary>
    public SearchStore Store => StoreOf(live.Current);

    /// <summary>How old what is asked on this node is, as far as it is held in memory; null where it is not.</summary>
    public IndexAge? Age =>
        live.Current is { } current && StoreOf(current) == SearchStore.Elasticsearch
            ? current.Age
            : held.Current?.Age;

    /// <summary>The part of the products that is in an index which is being built, from 0 to 1; null where none is.</summary>
    public double? Rebuilt => live.Done;

    /// <summary>How it stands now; one statement.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<SearchStanding> StandAsync(CancellationToken cancel)
    {
        var (tables, isFilled) = await database.Primary.FindAsync(
            $"select revision, as_of, filled_to is null from search.clock",
            row => (new IndexAge(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)), row.GetBoolean(2)),
            cancel
        );
        var current = live.Current;
        var store = StoreOf(current);
        return new(store, store == SearchStore.Elasticsearch ? current!.Age : tables, isFilled);
    }

    /// <summary>The newest indexes of Elasticsearch, the newest first.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<EngineIndex>> IndexesAsync(int limit, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db.EngineIndexes.OrderByDescending(index => index.Id).Take(limit).ToListAsync(cancel);
    }

    /// <summary>One of them; null where there is none, or not any more.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<EngineIndex?> FindAsync(EngineIndexId id, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db.EngineIndexes.SingleOrDefaultAsync(index => index.Id == id, cancel);
    }

    private SearchStore StoreOf(LiveAt? current) =>
        !line.IsOn ? SearchStore.Tables
        : current is not null && !line.IsGivenUp ? SearchStore.Elasticsearch
        : options.Value.Fallback ? SearchStore.Fallback
        : SearchStore.Nobody;
}
