using Shop.Load.Client;

namespace Shop.Load.Bench.Graph;

/// <summary>A page of a shop window: twenty products with four SKUs each, and what they cost.</summary>
internal static class ProductsPage
{
    private static readonly Operation _page = new(
        "ProductsPage",
        """
        query ProductsPage($first: Int!) {
          products(first: $first) {
            nodes {
              id slug title description brand createdAt
              variants(first: 4) {
                nodes {
                  id sku title
                  price { amount currencyCode }
                  compareAtPrice { amount currencyCode }
                  availability { status available }
                }
              }
            }
            pageInfo { hasNextPage endCursor }
          }
        }
        """
    );

    /// <summary>What a client sends for it.</summary>
    public static byte[] Body => ShopClient.Body(_page, new { first = 20 });
}
