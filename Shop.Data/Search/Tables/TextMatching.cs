using Npgsql;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Tables;

/// <summary>Asks PostgreSQL which products meet terms, over one connection.</summary>
internal sealed class TextMatching(NpgsqlConnection connection, HeldColumns held)
{
    // What a text without a hit may cost at most; a shop of a million SKUs has some 250,000 products.
    private const int MaxLookedAt = 100_000;

    /// <summary>Products that have all the terms, with how well.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="terms">What the text says.</param>
    /// <param name="whole">All words of the text, which as a whole may be a code or a title; null where it may not.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<TableResult> MatchesAsync(
        SearchQuery query,
        SearchTerms terms,
        IReadOnlyList<SearchWord>? whole,
        CancellationToken cancel
    ) => await AmongAsync(query, await ReadAsync(HitSql.Matches(terms, whole), cancel), cancel);

    /// <summary>Which of the terms each product on sale has, as bits; of those that have one.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public Task<DatedMatches> BitsAsync(SearchTerms terms, CancellationToken cancel) =>
        ReadAsync(HitSql.Bits(new(terms), MaxLookedAt), cancel);

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

    /// <summary>Which of several texts some product on sale has all terms of, in their order; one statement.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<int>> WithHitsAsync(
        IReadOnlyList<SearchTerms> texts,
        CancellationToken cancel
    ) =>
        await connection.ListAsync(
            $"""
            select place::int from unnest({Sql.Column(texts, terms => new QueryText(terms).All)})
                with ordinality as t(query, place)
            where exists (select from search.product where is_searchable and w_all @@ t.query::tsquery)
            order by place
            """,
            row => row.GetInt32(0) - 1,
            cancel
        );

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
