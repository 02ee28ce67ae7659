using Shop.Load.Client;

namespace Shop.Load.Bench.Search;

/// <summary>What a storefront asks of search.</summary>
internal static class SearchOperations
{
    /// <summary>20 hits with all facets.</summary>
    public static Operation Page { get; } =
        new(
            "Found",
            """
            query Found($text: String!) {
              productSearch(text: $text, first: 20) {
                totalCount
                notices
                facets { key name values { label value count } }
                edges { score node { slug title } }
              }
            }
            """
        );

    /// <summary>The same of a category, without a text.</summary>
    public static Operation Shelf { get; } =
        new(
            "OnShelf",
            """
            query OnShelf($category: ID!) {
              productSearch(where: {category: {eq: $category}}, first: 20) {
                totalCount
                facets { key name values { label value count } }
                edges { node { slug title } }
              }
            }
            """
        );

    /// <summary>What completes a word.</summary>
    public static Operation Suggest { get; } =
        new(
            "Suggested",
            """
            query Suggested($text: String!) {
              productSuggest(text: $text) { kind text highlight count product { slug } category { slug } }
            }
            """
        );

    /// <summary>SKUs taken together.</summary>
    public static Operation Groups { get; } =
        new(
            "Grouped",
            """
            query Grouped($groupBy: SkuGrouping!, $least: Decimal!, $currency: CurrencyCode!) {
              skuAggregate(groupBy: $groupBy, where: {price: {currencyCode: $currency, gte: $least}}, first: 20) {
                nodes { key productCount summary { skuCount available minPrice { amount } maxPrice { amount } } }
              }
            }
            """
        );

    /// <summary>A product by its address.</summary>
    public static Operation Product { get; } =
        new(
            "ProductPage",
            """
            query ProductPage($slug: String!) {
              product(by: {slug: $slug}) { id title description brand variants(first: 4) { nodes { sku price { amount } } } }
            }
            """
        );

    /// <summary>Titles and slugs, and the categories that most products are in.</summary>
    public static Operation Titles { get; } =
        new(
            "Titles",
            """
            query Titles($after: String) {
              productSearch(first: 50, after: $after, orderBy: {field: TITLE}, facets: [CATEGORY]) {
                facets { values { value } }
                edges { node { slug title } }
                pageInfo { hasNextPage endCursor }
              }
            }
            """
        );
}
