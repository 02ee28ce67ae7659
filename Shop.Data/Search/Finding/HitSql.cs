using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>The statement that finds products by a text.</summary>
internal static class HitSql
{
    // A shorter text begins too many codes.
    private const int ShortestPrefix = 4;

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
