using Npgsql;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>The statements that find products in PostgreSQL.</summary>
internal static class HitSql
{
    // A shorter text begins too many codes.
    private const int ShortestPrefix = 4;

    /// <summary>All products, where there is no text to meet.</summary>
    public static SqlText Everything => Sql.Raw("select product_id, 0 as tier from search.product");

    /// <summary>Products that meet a text, each with its best tier: index after index, and no score.</summary>
    /// <param name="words">All words of the text: a long title that <em>is</em> the text is found as such.</param>
    /// <param name="query">Those that are looked for.</param>
    public static SqlText Matches(IReadOnlyList<SearchWord> words, QueryText query)
    {
        if (words.Count == 0)
        {
            return Sql.Raw("select null::bigint as product_id, 0 as tier where false");
        }

        var (code, title) = (SearchText.CodeOf(words), SearchText.Plain(words));
        var all = Sql.Value(query.All);
        return Sql.Part(
            $"""
            select product_id, max(tier) as tier from (
                {Codes(code)}
                select product_id, 5 as tier from search.product where title_words = {Sql.Value(title)}
                union all
                select product_id, 4 from search.product where w_title @@ {Sql.Value(
                query.SideBySide
            )}::tsquery
                union all
                select product_id, 3 from search.product where w_title @@ {all}::tsquery
                union all
                select product_id, 2 from search.product where w_names @@ {all}::tsquery
                union all
                select product_id, 1 from search.product where w_all @@ {all}::tsquery) t
            group by product_id
            """
        );
    }

    /// <summary>Those of some products that shoppers see, and of which a SKU passes, with what they are sorted by.</summary>
    public static SqlText Of(SqlText found, SearchCondition where) =>
        Sql.Part(
            $"""
            select p.product_id, f.tier, sku.is_sellable, p.popularity, p.created_at, sku.price, p.title
            from ({found}) f
            join search.product p using (product_id)
            cross join lateral (
                select min(s.price_minor) as price, coalesce(bool_or(k.available > 0), false) as is_sellable
                from search.sku s left join search.stock k using (variant_id)
                where s.product_id = p.product_id and ({ConditionSql.Of(where)})) sku
            where p.is_searchable and sku.price is not null
            """
        );

    /// <summary>A page of hits, each with how old the index is; one row without a hit where there is none.</summary>
    public static SqlText Page(SqlText hits, SearchOrder order, SearchHit? after, int limit)
    {
        var sort = string.Concat(
            order.Columns.Select(each => $"hit.{each.Column} {(each.Falls ? "desc" : "asc")}, ")
        );
        return Sql.Part(
            $"""
            select c.revision, c.as_of, page.* from search.clock c left join (
                select hit.* from ({hits}) hit
                where {(after is null ? Sql.Raw("true") : Beyond(order.Columns, after))}
                order by {Sql.Raw(sort)} hit.product_id
                limit {Sql.Value(limit)}) page on true
            order by {Sql.Raw(sort.Replace("hit.", "page.", StringComparison.Ordinal))} page.product_id
            """
        );
    }

    private static SqlText Codes(string code)
    {
        var (exact, end) = (Sql.Value(code), Sql.Value(code + char.MaxValue));
        return code.Length == 0 ? Sql.Raw("")
            : code.Length < ShortestPrefix
                ? Sql.Part($"select product_id, 6 as tier from search.code where code = {exact} union all")
            : Sql.Part(
                $"""
                select product_id, case code when {exact} then 6 else 5 end as tier
                from search.code where code >= {exact} and code < {end} union all
                """
            );
    }

    // The place behind a hit: equal so far and then beyond it, column after column, and by the id at last.
    private static SqlText Beyond(IReadOnlyList<(string Column, bool Falls)> columns, SearchHit last) =>
        columns
            .Reverse()
            .Aggregate(
                Sql.Part($"hit.product_id > {Sql.Value(last.ProductId.Value)}"),
                (rest, each) =>
                {
                    var (column, value) = (Sql.Raw($"hit.{each.Column}"), ValueOf(each.Column, last));
                    return Sql.Part(
                        $"({column} {Sql.Raw(each.Falls ? "<" : ">")} {value} or {column} = {value} and ({rest}))"
                    );
                }
            );

    private static NpgsqlParameter ValueOf(string column, SearchHit hit) =>
        column switch
        {
            "tier" => Sql.Value(hit.Tier),
            "is_sellable" => Sql.Value(hit.IsSellable),
            "popularity" => Sql.Value(hit.Popularity),
            "created_at" => Sql.Value(hit.CreatedAt),
            "price" => Sql.Value(hit.PriceMinor),
            "title" => Sql.Value(hit.Title),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column, message: null),
        };
}
