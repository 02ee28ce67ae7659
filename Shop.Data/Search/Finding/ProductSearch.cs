using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>Finds products. Scoped, as <see cref="Reads{TDb}"/> is.</summary>
public sealed class ProductSearch(Reads<SearchDb> reads, Stems stems)
{
    /// <summary>The most characters of a text.</summary>
    public const int MaxText = 200;

    /// <summary>Hits in the order of the query. A text without words finds nothing.</summary>
    /// <param name="query">What.</param>
    /// <param name="after">The last hit of the page before; null for the first page. Only what the order goes by counts.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<SearchPage> FindAsync(
        SearchQuery query,
        SearchHit? after,
        int limit,
        CancellationToken cancel
    )
    {
        var sql = HitSql.Page(await HitsAsync(query, cancel), query.Order, after, limit);
        await using var db = await reads.OpenAsync(cancel);
        var rows = await ConnectionOf(db).AskAsync(sql, Read, cancel);
        return new([.. rows.Select(row => row.Hit).OfType<SearchHit>()], rows[0].Age);
    }

    /// <summary>How many there are.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<int> CountAsync(SearchQuery query, CancellationToken cancel)
    {
        var hits = await HitsAsync(query, cancel);
        await using var db = await reads.OpenAsync(cancel);
        var counts = await ConnectionOf(db)
            .AskAsync($"select count(*)::int from ({hits}) hit", row => row.GetInt32(0), cancel);
        return counts[0];
    }

    private static NpgsqlConnection ConnectionOf(SearchDb db) =>
        (NpgsqlConnection)db.Database.GetDbConnection();

    private async Task<SqlText> HitsAsync(SearchQuery query, CancellationToken cancel)
    {
        if (query.Text is null)
        {
            return HitSql.Of(HitSql.Everything, query.Where);
        }

        var words = SearchText.Of(query.Text);
        IReadOnlyList<SearchWord> read = [.. words.Take(SearchText.MaxWords)];
        return HitSql.Of(HitSql.Matches(words, new(read, await stems.OfAsync(read, cancel))), query.Where);
    }

    private static (SearchHit? Hit, IndexAge Age) Read(NpgsqlDataReader row) =>
        (
            row.GetValue(2) is long id
                ? new(
                    new(id),
                    row.GetInt32(3),
                    row.GetBoolean(4),
                    row.GetInt16(5),
                    row.GetFieldValue<DateTimeOffset>(6),
                    row.GetInt64(7),
                    row.GetString(8)
                )
                : null,
            new(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1))
        );
}
