using Shop.Data.Search.Words;

namespace Shop.Data.Search.Tables;

/// <summary>The statement that finds products by a text.</summary>
internal static class HitSql
{
    // A shorter text begins too many codes.
    private const int ShortestPrefix = 4;

    /// <summary>Products that meet a text, each with its best tier: index after index, and no score.</summary>
    /// <param name="terms">What is looked for.</param>
    /// <param name="whole">All words of the text, which as a whole may be a code or a title; null where it may not.</param>
    public static SqlText Matches(SearchTerms terms, IReadOnlyList<SearchWord>? whole)
    {
        if (terms.Each.Count == 0)
        {
            return Sql.Raw("select null::bigint as product_id, 0 as number where false");
        }

        var query = new QueryText(terms);
        var all = Sql.Value(query.All);
        return Sql.Part(
            $"""
            select product_id, max(tier) as number from (
                {(whole is null ? Sql.Raw("") : Whole(whole))}
                select product_id, 4 as tier from search.product where w_title @@ {Sql.Value(
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

    /// <summary>Products that have one of the terms, each with a bit for those that it has: 1 for the first.</summary>
    public static SqlText Bits(QueryText query, int limit) =>
        Sql.Part(
            $"""
            select product_id, (
                select bit_or(1 << (place::int - 1))
                from unnest({Sql.Column(query.Each, each => each)}) with ordinality as q(word, place)
                where p.w_all @@ q.word::tsquery) as number
            from search.product p
            where p.is_searchable and p.w_all @@ {Sql.Value(query.Any)}::tsquery
            limit {limit}
            """
        );

    private static SqlText Whole(IReadOnlyList<SearchWord> words) =>
        Sql.Part(
            $"""
            {Codes(SearchText.CodeOf(words))}
            select product_id, 5 as tier from search.product where title_words = {Sql.Value(
                SearchText.Plain(words)
            )}
            union all
            """
        );

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
}
