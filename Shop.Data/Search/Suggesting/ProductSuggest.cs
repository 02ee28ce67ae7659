using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Suggesting;

/// <summary>
/// Completes what a shopper is typing: each word is one, or begins one. Looks at the products that sell most of those whose names have
/// them; one statement. Scoped, as <see cref="Reads{TDb}"/> is.
/// </summary>
public sealed class ProductSuggest(Reads<SearchDb> reads, Wording wording)
{
    // The more a prefix meets, the less the last of them says.
    private const int MaxLookedAt = 300;
    private const int MaxWords = 3;

    // A shorter text begins too many codes.
    private const int ShortestCode = 4;

    /// <summary>At most so many: completed words first, then categories, makers, codes and products; of a kind, the popular ones first.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<Suggestion>> RunAsync(string text, int limit, CancellationToken cancel)
    {
        var terms = await wording.ReadAsync(SearchText.Of(text), isBegun: true, cancel);
        if (terms.Each.Count == 0)
        {
            return [];
        }

        var query = Sql.Value(new QueryText(terms).Begun);
        await using var db = await reads.OpenAsync(cancel);
        await db.Database.OpenConnectionAsync(cancel);
        var code = SearchText.CodeOf(terms.Words);
        var products = await ((NpgsqlConnection)db.Database.GetDbConnection()).ListAsync(
            $"""
            select p.product_id, p.title, p.title_words, p.brand, c.category_id, c.title,
                p.w_title @@ {query}::tsquery,
                exists (select from search.code k where k.product_id = p.product_id and k.code like {Sql.Value(
                code.Length < ShortestCode ? "-" : code + "%"
            )})
            from search.product p left join search.category c using (category_id)
            where p.w_names @@ {query}::tsquery and p.is_searchable
            order by p.popularity desc, p.created_at desc, p.product_id
            limit {MaxLookedAt}
            """,
            Named.Read,
            cancel
        );
        var begun = new BegunText(terms);
        return
        [
            .. Completed(products, begun)
                .Concat(Categories(products, begun))
                .Concat(Brands(products, begun))
                .Concat(Products(products, begun))
                .Take(limit),
        ];
    }

    private static IEnumerable<Suggestion> Completed(IReadOnlyList<Named> products, BegunText begun) =>
        products
            .SelectMany(product => begun.Completions(product.TitleWords))
            .CountBy(words => words)
            .OrderByDescending(each => each.Value)
            .Take(MaxWords)
            .Select(each => new Suggestion(SuggestionKind.Words, each.Key, begun.Mark(each.Key), each.Value));

    private static IEnumerable<Suggestion> Categories(IReadOnlyList<Named> products, BegunText begun) =>
        from product in products
        where product.Category is not null
        group product by (Id: product.Category, Title: product.CategoryTitle ?? "") into category
        let title = category.Key.Title
        where begun.IsIn(title)
        select new Suggestion(SuggestionKind.Category, title, begun.Mark(title), category.Count())
        {
            Category = category.Key.Id,
        };

    private static IEnumerable<Suggestion> Brands(IReadOnlyList<Named> products, BegunText begun) =>
        from product in products
        group product by product.Brand ?? "" into brand
        where begun.IsIn(brand.Key)
        select new Suggestion(SuggestionKind.Brand, brand.Key, begun.Mark(brand.Key), brand.Count());

    // Those with the code, those that are called so, and those of a maker or a category that is.
    private static IEnumerable<Suggestion> Products(IReadOnlyList<Named> products, BegunText begun) =>
        from product in products
        orderby product.HasCode descending, product.IsCalledSo descending
        select new Suggestion(
            product.HasCode ? SuggestionKind.Code : SuggestionKind.Product,
            product.Title,
            begun.Mark(product.Title),
            Count: 1
        )
        {
            Product = product.Id,
        };

    private sealed record Named(
        ProductId Id,
        string Title,
        string TitleWords,
        string? Brand,
        CategoryId? Category,
        string? CategoryTitle,
        bool IsCalledSo,
        bool HasCode
    )
    {
        public static Named Read(NpgsqlDataReader row) =>
            new(
                new(row.GetInt64(0)),
                row.GetString(1),
                row.GetString(2),
                row.GetValue(3) as string,
                row.GetValue(4) is long category ? new(category) : null,
                row.GetValue(5) as string,
                row.GetBoolean(6),
                row.GetBoolean(7)
            );
    }
}
