using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Tables;

/// <summary>
/// Finds products without an engine: PostgreSQL says which meet a text, and how well; what is filtered, counted and sorted is in
/// memory. Scoped, as <see cref="Reads{TDb}"/> is.
/// </summary>
public sealed class TableSearch(
    Reads<SearchDb> reads,
    Wording wording,
    HeldColumns held,
    HeldVocabulary vocabulary
) : ProductSearch(wording)
{
    /// <summary>The SKUs that a query finds, taken together; in no order. And how old the index was.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and had to be asked.</exception>
    public async Task<(IReadOnlyList<SkuGroup> Groups, IndexAge Age)> GroupAsync(
        SearchQuery query,
        SkuGrouping by,
        CancellationToken cancel
    )
    {
        if (query.Text is null)
        {
            var all = await ColumnsAsync(cancel);
            return (KeptResult.Groups(all, query, by), all.Age);
        }

        var found = (TableResult)await FindAsync(query, cancel);
        return (found.Groups(by), found.Age);
    }

    private protected override async Task<SearchResult> AllAsync(
        SearchQuery query,
        CancellationToken cancel
    ) => new KeptResult(await ColumnsAsync(cancel), query);

    internal override async Task<SearchResult> MatchAsync(
        SearchQuery query,
        SearchTerms terms,
        IReadOnlyList<SearchWord>? whole,
        CancellationToken cancel
    ) => await AskAsync(matching => matching.MatchesAsync(query, terms, whole, cancel), cancel);

    internal override async Task<WordsFound> LookAsync(
        SearchQuery query,
        SearchTerms terms,
        CancellationToken cancel
    ) => new Bits(this, query, terms, await AskAsync(matching => matching.BitsAsync(terms, cancel), cancel));

    private protected override Task<IReadOnlyList<int>> WithHitsAsync(
        IReadOnlyList<SearchTerms> texts,
        CancellationToken cancel
    ) => AskAsync(matching => matching.WithHitsAsync(texts, cancel), cancel);

    internal override async Task<Vocabulary> VocabularyAsync(CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        return await vocabulary.ReadAsync(await OpenAsync(db, cancel), cancel);
    }

    private async Task<T> AskAsync<T>(Func<TextMatching, Task<T>> ask, CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        return await ask(new(await OpenAsync(db, cancel), held));
    }

    private async Task<DatedColumns> ColumnsAsync(CancellationToken cancel) =>
        held.Current ?? await ReadAllAsync(cancel);

    private async Task<DatedColumns> ReadAllAsync(CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        var connection = await OpenAsync(db, cancel);
        var age = await connection.FindAsync(
            $"select revision, as_of from search.clock",
            row => new IndexAge(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)),
            cancel
        );
        var products = await connection.ListAsync(
            ColumnFeed.Of(Sql.Raw("p.is_searchable")),
            ColumnFeed.Read,
            cancel
        );
        return new(SearchColumns.Empty(new()).With(products), age!);
    }

    private static async Task<NpgsqlConnection> OpenAsync(SearchDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }

    private sealed class Bits(TableSearch search, SearchQuery query, SearchTerms terms, DatedMatches bits)
        : WordsFound
    {
        public override int Known { get; } = bits.Products.Aggregate(0, (all, each) => all | each.Number);

        public override async Task<int> KeptAsync(CancellationToken cancel)
        {
            var passing = await search.AskAsync(
                matching => matching.AmongAsync(query.Unticked, bits, cancel),
                cancel
            );
            return Relaxation.Kept(terms.Each.Count, [.. passing.Hits.Select(hit => hit.Tier)]);
        }
    }
}
