using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>
/// Finds products: PostgreSQL says which meet a text, and how well; what is filtered and sorted is in memory. A text that nothing
/// meets is corrected and relaxed. Scoped, as <see cref="Reads{TDb}"/> is.
/// </summary>
public sealed class ProductSearch(
    Reads<SearchDb> reads,
    Stems stems,
    HeldColumns held,
    HeldVocabulary vocabulary
)
{
    /// <summary>The most characters of a text.</summary>
    public const int MaxText = 200;

    /// <summary>The most other texts that are offered.</summary>
    public const int MaxAlternatives = 3;

    /// <summary>Products that meet a query. A text without words finds nothing.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and had to be asked.</exception>
    public async Task<SearchResult> FindAsync(SearchQuery query, CancellationToken cancel)
    {
        if (query.Text is null && held.Current is { } all)
        {
            return new(all, all.Columns.All.Select(place => (place, 0)), query);
        }

        await using var db = await reads.OpenAsync(cancel);
        var connection = await OpenAsync(db, cancel);
        return query.Text is { } text
            ? await FindAsync(query, text, connection, cancel)
            : await AllAsync(query, connection, cancel);
    }

    /// <summary>
    /// What the shopper may have meant instead of what was looked for: texts of which all words are some product's, the likeliest
    /// first, at most <see cref="MaxAlternatives"/>.
    /// </summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<string>> AlternativesAsync(SearchResult found, CancellationToken cancel)
    {
        if (found.Reading is not { Candidates: { Count: > 0 } candidates })
        {
            return [];
        }

        await using var db = await reads.OpenAsync(cancel);
        var places = await new TextMatching(await OpenAsync(db, cancel), stems, held).WithHitsAsync(
            candidates,
            cancel
        );
        return [.. places.Take(MaxAlternatives).Select(place => TextReading.Text(candidates[place]))];
    }

    private async Task<SearchResult> FindAsync(
        SearchQuery query,
        string text,
        NpgsqlConnection connection,
        CancellationToken cancel
    )
    {
        var matching = new TextMatching(connection, stems, held);
        var words = SearchText.Of(text);
        var typed = new TextReading(text, [.. words.Take(SearchText.MaxWords)]);
        var found = (await matching.MatchesAsync(query, words, asTyped: true, cancel)).ReadAs(typed);
        return words.Count == 0 || found.Untick().Count > 0
            ? found
            : await new TextRescue(matching, query, found).RunAsync(
                typed,
                await vocabulary.ReadAsync(connection, cancel),
                cancel
            );
    }

    private static async Task<SearchResult> AllAsync(
        SearchQuery query,
        NpgsqlConnection connection,
        CancellationToken cancel
    )
    {
        var age = await connection.FindAsync(
            $"select revision, as_of from search.clock",
            row => new IndexAge(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)),
            cancel
        );
        var columns = SearchColumns
            .Empty(new())
            .With(
                await connection.ListAsync(ColumnFeed.Of(Sql.Raw("p.is_searchable")), ColumnFeed.Read, cancel)
            );
        return new(new(columns, age!), columns.All.Select(place => (place, 0)), query);
    }

    private static async Task<NpgsqlConnection> OpenAsync(SearchDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }
}
