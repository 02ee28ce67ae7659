using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>
/// Finds products: PostgreSQL says which meet a text, and how well; what is filtered and sorted is in memory. Scoped, as
/// <see cref="Reads{TDb}"/> is.
/// </summary>
public sealed class ProductSearch(Reads<SearchDb> reads, Stems stems, HeldColumns held)
{
    /// <summary>The most characters of a text.</summary>
    public const int MaxText = 200;

    /// <summary>Products that meet a query. A text without words finds nothing.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and had to be asked.</exception>
    public async Task<SearchResult> FindAsync(SearchQuery query, CancellationToken cancel)
    {
        if (query.Text is null && held.Current is { } all)
        {
            return new(all, all.Columns.All.Select(place => (place, 0)), query);
        }

        await using var db = await reads.OpenAsync(cancel);
        await db.Database.OpenConnectionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        if (query.Text is null)
        {
            var age = (
                await connection.ListAsync($"select revision, as_of from search.clock", AgeOf, cancel)
            )[0];
            var read = await ReadAsync(connection, Sql.Raw("p.is_searchable"), cancel);
            return new(new(read, age), read.All.Select(place => (place, 0)), query);
        }

        return await AmongAsync(
            connection,
            await MatchesAsync(query.Text, connection, cancel),
            query,
            cancel
        );
    }

    // A product that the columns have not met yet is left out: they say themselves how old they are.
    private async Task<SearchResult> AmongAsync(
        NpgsqlConnection connection,
        (IndexAge Age, IReadOnlyList<(ProductId Id, int Tier)> Products) matches,
        SearchQuery query,
        CancellationToken cancel
    )
    {
        var among =
            held.Current
            ?? new(
                await ReadAsync(
                    connection,
                    Sql.Part(
                        $"p.product_id = any({Sql.Column(matches.Products, product => product.Id.Value)})"
                    ),
                    cancel
                ),
                matches.Age
            );
        var age = among.Age.Revision < matches.Age.Revision ? among.Age : matches.Age;
        return new(
            among with
            {
                Age = age,
            },
            from product in matches.Products
            let place = among.Columns.Find(product.Id)
            where place is not null
            select (place.Value, product.Tier),
            query
        );
    }

    private async Task<(IndexAge, IReadOnlyList<(ProductId, int)>)> MatchesAsync(
        string text,
        NpgsqlConnection connection,
        CancellationToken cancel
    )
    {
        var words = SearchText.Of(text);
        IReadOnlyList<SearchWord> read = [.. words.Take(SearchText.MaxWords)];
        var matches = HitSql.Matches(words, new(read, await stems.OfAsync(read, cancel)));
        var rows = await connection.ListAsync(
            $"select c.revision, c.as_of, m.product_id, m.tier from search.clock c left join ({matches}) m on true",
            row => (Age: AgeOf(row), Match: row.IsDBNull(2) ? null : MatchOf(row)),
            cancel
        );
        return (rows[0].Age, [.. rows.Select(row => row.Match).OfType<(ProductId, int)>()]);
    }

    private static async Task<SearchColumns> ReadAsync(
        NpgsqlConnection connection,
        SqlText condition,
        CancellationToken cancel
    ) =>
        SearchColumns
            .Empty(new())
            .With(await connection.ListAsync(ColumnFeed.Of(condition), ColumnFeed.Read, cancel));

    private static IndexAge AgeOf(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1));

    private static (ProductId, int)? MatchOf(NpgsqlDataReader row) =>
        (new ProductId(row.GetInt64(2)), row.GetInt32(3));
}
