namespace Shop.Load.Client;

/// <summary>A document with one operation.</summary>
/// <param name="Name">The operation's name.</param>
/// <param name="Text">The document.</param>
internal sealed record Operation(string Name, string Text)
{
    /// <summary>SKUs with what can be sold of them; 20 products a page.</summary>
    public static Operation Skus { get; } =
        new(
            nameof(Skus),
            """
            query Skus($after: String) {
              products(first: 20, after: $after) {
                nodes {
                  id
                  variants(first: 100) {
                    nodes { sku availability { available } }
                    pageInfo { hasNextPage endCursor }
                  }
                }
                pageInfo { hasNextPage endCursor }
              }
            }
            """
        );

    /// <summary>The SKUs of one product that has more than a page of them.</summary>
    public static Operation MoreSkus { get; } =
        new(
            nameof(MoreSkus),
            """
            query MoreSkus($product: ID!, $after: String) {
              product(by: {id: $product}) {
                variants(first: 100, after: $after) {
                  nodes { sku availability { available } }
                  pageInfo { hasNextPage endCursor }
                }
              }
            }
            """
        );

    /// <summary>What a page of a shop shows: 20 products with 4 variants, their prices and what can be sold.</summary>
    public static Operation ProductsPage { get; } =
        new(
            nameof(ProductsPage),
            """
            query ProductsPage($after: String) {
              products(first: 20, after: $after) {
                nodes {
                  id
                  slug
                  title
                  variants(first: 4) {
                    nodes {
                      id
                      sku
                      title
                      price { amount currencyCode }
                      availability { status available }
                    }
                  }
                }
                pageInfo { hasNextPage endCursor }
              }
            }
            """
        );

    public static Operation CartCreate { get; } =
        new(
            nameof(CartCreate),
            """
            mutation CartCreate($input: CartCreateInput!) {
              cartCreate(input: $input) {
                cart { id }
                problems { code message }
              }
            }
            """
        );

    /// <summary>In which ways a new, empty cart can go.</summary>
    public static Operation ShippingOptions { get; } =
        new(
            nameof(ShippingOptions),
            """
            mutation ShippingOptions {
              cartCreate(input: {}) {
                cart { shippingOptions { id } }
              }
            }
            """
        );

    public static Operation CartShippingSelect { get; } =
        new(
            nameof(CartShippingSelect),
            """
            mutation CartShippingSelect($input: CartShippingInput!) {
              cartShippingSelect(input: $input) {
                problems { code message }
              }
            }
            """
        );

    public static Operation CartCodeAdd { get; } =
        new(
            nameof(CartCodeAdd),
            """
            mutation CartCodeAdd($input: CartCodeInput!) {
              cartCodeAdd(input: $input) {
                cart { id }
                problems { code message }
              }
            }
            """
        );

    public static Operation OrderPlace { get; } =
        new(
            nameof(OrderPlace),
            """
            mutation OrderPlace($input: OrderPlaceInput!) {
              orderPlace(input: $input) {
                order { id }
                accessKey
                replayed
                problems { code message ... on Throttled { pollAfter } }
              }
            }
            """
        );

    public static Operation OrderCancel { get; } =
        new(
            nameof(OrderCancel),
            """
            mutation OrderCancel($input: OrderCancelInput!) {
              orderCancel(input: $input) {
                order { id }
                problems { code message }
              }
            }
            """
        );

    public static Operation OrderStatusChanged { get; } =
        new(
            nameof(OrderStatusChanged),
            """
            subscription OrderStatusChanged($order: ID!, $accessKey: String, $from: Int) {
              orderStatusChanged(orderId: $order, accessKey: $accessKey, fromVersion: $from) { to version }
            }
            """
        );

    /// <summary>
    /// The status of several orders, <c>o0</c> to <c>oN</c>, with the variables <c>i0 k0</c> to <c>iN kN</c>. One text
    /// per count: the shop reads and checks it once.
    /// </summary>
    public static Operation Statuses(int count)
    {
        var each = Enumerable.Range(0, count).ToList();
        var variables = string.Join(' ', each.Select(n => $"$i{n}: ID! $k{n}: String"));
        var fields = each.Select(n => $"  o{n}: order(by: {{id: $i{n}}}, accessKey: $k{n}) {{ status }}\n");
        return new(nameof(Statuses), $"query Statuses({variables}) {{\n{string.Concat(fields)}}}");
    }
}
