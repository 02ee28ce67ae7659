using Npgsql;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Tables;

/// <summary>Asks PostgreSQL which products meet words, over one connection.</summary>
internal sealed class TextMatching(NpgsqlConnection connection, Stems stems, HeldColumns held)
{
    // What a text without a hit may cost at most; a shop of a million SKUs has some 250,000 products.
    private const int MaxLookedAt = 100_000;

    /// <summary>Products that have all the words, with how well.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="words">All words of the text.</param>
    /// <param name="asTyped">Whether the text may also be a code or a title as a whole.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<TableResult> MatchesAsync(
        SearchQuery query,
        IReadOnlyList<SearchWord> words,
        bool asTyped,
        CancellationToken cancel
    )
    {
        IReadOnlyList<SearchWord> read = [.. words.Take(SearchText.MaxWords)];
        var matches = HitSql.Matches(words, new(read, await stems.OfAsync(read, cancel)), asTyped);
        return await AmongAsync(query, await ReadAsync(matches, cancel), cancel);
    }

    /// <summary>Which of the words each product on sale has, as bits; of those that have one.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<DatedMatches> BitsAsync(IReadOnlyList<SearchWord> words, CancellationToken cancel) =>
        await ReadAsync(HitSql.Bits(new(words, await stems.OfAsync(words, cancel)), MaxLookedAt), cancel);

    /// <summary>What of such a list passes the filters. The number of a hit is its tier.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and had to be asked.</exception>
    public async Task<TableResult> AmongAsync(
        SearchQuery query,
        DatedMatches matches,
        CancellationToken cancel
    )
    {
        // A product that the columns have not met yet is left out: they say themselves how old they are.
        var among = held.Current ?? new(await ColumnsAsync(matches, cancel), matches.Age);
        var age = among.Age.Revision < matches.Age.Revision ? among.Age : matches.Age;
        return new(
            among with
            {
                Age = age,
            },
            from product in matches.Products
            let place = among.Columns.Find(product.Id)
            where place is not null
            select (place.Value, product.Number),
            query
        );
    }

    /// <summary>Which of several texts some product on sale has all words of, in their order; one statement.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<int>> WithHitsAsync(
        IReadOnlyList<IReadOnlyList<SearchWord>> texts,
        CancellationToken cancel
    )
    {
        var stemOf = await stems.OfAsync(texts.SelectMany(words => words), cancel);
        return await connection.ListAsync(
            $"""
            select place::int from unnest({Sql.Column(texts, words => new QueryText(words, stemOf).All)})
                with ordinality as t(query, place)
            where exists (select from search.product where is_searchable and w_all @@ t.query::tsquery)
            order by place
            """,
            row => row.GetInt32(0) - 1,
            cancel
        );
    }

    private async Task<DatedMatches> ReadAsync(SqlText matches, CancellationToken cancel)
    {
        var rows = await connection.ListAsync(
            $"select c.revision, c.as_of, m.product_id, m.number from search.clock c left join ({matches}) m on true",
            row =>
                (
                    Age: new IndexAge(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)),
                    Match: row.IsDBNull(2)
                        ? ((ProductId, int)?)null
                        : (new ProductId(row.GetInt64(2)), row.GetInt32(3))
                ),
            cancel
        );
        return new(rows[0].Age, [.. rows.Select(row => row.Match).OfType<(ProductId, int)>()]);
    }

    private async Task<SearchColumns> ColumnsAsync(DatedMatches matches, CancellationToken cancel) =>
        SearchColumns
            .Empty(new())
            .With(
                await connection.ListAsync(
                    ColumnFeed.Of(
                        Sql.Part(
                            $"p.product_id = any({Sql.Column(matches.Products, product => product.Id.Value)})"
                        )
                    ),
                    ColumnFeed.Read,
                    cancel
                )
            );
}

/// <summary>Products with a number each, and of when that is.</summary>
internal sealed record DatedMatches(IndexAge Age, IReadOnlyList<(ProductId Id, int Number)> Products);
