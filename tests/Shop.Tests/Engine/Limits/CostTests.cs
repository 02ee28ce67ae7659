using GraphQL;
using GraphQL.Types;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Limits;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Architecture;
using Shop.Tests.Engine.Documents;
using Snapshooter.Xunit3;

namespace Shop.Tests.Engine.Limits;

/// <summary>What operations on the shop cost, counted by hand.</summary>
public sealed class CostTests(ShopGraph shop) : IClassFixture<ShopGraph>
{
    private static readonly GraphLimits _defaults = new();

    [Theory]
    // A root field 10, its object 1.
    [InlineData(11, "{ product(by: { slug: \"x\" }) { title slug } }")]
    [InlineData(22, "{ a: product(by: { slug: \"x\" }) { id } b: product(by: { slug: \"y\" }) { id } }")]
    // The page 1, its items 1 each; a page of no stated size has 20.
    [InlineData(10 + 1 + 20, "{ products { nodes { title } } }")]
    [InlineData(10 + 1 + 7, "{ products(first: 7) { edges { cursor } } }")]
    [InlineData(10 + 1 + 8, "{ products(last: 8) { nodes { id } } }")]
    [InlineData(10 + 1 + 7 + 1, "{ products(first: 7) { nodes { id } pageInfo { hasNextPage } } }")]
    [InlineData(10 + 1 + 20, "{ products(first: 7) { totalCount } }")]
    // What stands in a list counts as often as the list is long.
    [InlineData(
        10 + 1 + 20 * (1 + 1 + 4 * (1 + 1)),
        "{ products(first: 20) { nodes { variants(first: 4) { nodes { price { amount } } } } } }"
    )]
    [InlineData(
        10 + 1 + 20 * (1 + 1 + 4 * (1 + 1)),
        "{ ...A } fragment A on Query { products(first: 20) { ...B } } fragment B on ProductConnection { nodes { variants(first: 4) { ... { nodes { price { amount } } } } } }"
    )]
    // A fragment costs what the page costs that it is spread on.
    [InlineData(
        2 * 10 + 1 + 3 + 1 + 5,
        "{ a: products(first: 3) { ...B } b: products(first: 5) { ...B } } fragment B on ProductConnection { nodes { id } }"
    )]
    // As many answers as ids; of types that exclude each other, the dearest.
    [InlineData(10 + 2, "{ nodes(ids: [\"UHJvZHVjdDox\", \"UHJvZHVjdDoy\"]) { id } }")]
    [InlineData(
        10 + 1 + (5 + 1 + 1),
        "{ node(id: \"UHJvZHVjdDox\") { id ... on Product { skuSummary { maxPrice { amount } } } ... on Category { parent { id } } } }"
    )]
    [InlineData(50 + 1 + 20, "mutation { cartCreate(input: {}) { problems { code } } }")]
    [InlineData(10 + 1 + 1, "subscription { stockChanged(variantIds: []) { availability { available } } }")]
    [InlineData(0, "{ __typename }")]
    [InlineData(500, "{ __schema { types { fields { name } } } }")]
    public async Task An_operation_costs_its_objects_and_its_reads(long cost, string document) =>
        Assert.Equal(cost, await shop.CostAsync(document));

    [Theory]
    [InlineData(11 + 3, 3, true)]
    [InlineData(11 + 100, 100, true)]
    [InlineData(0, 100, false)]
    public async Task Variables_count_as_what_they_hold(long cost, int n, bool yes) =>
        Assert.Equal(
            cost,
            await shop.CostAsync(
                "query ($n: Int, $yes: Boolean!) { products(first: $n) @include(if: $yes) { nodes { id } } }",
                new { n, yes }
            )
        );

    [Fact]
    public async Task Variables_that_are_left_out_count_as_what_they_stand_for() =>
        Assert.Equal(
            (11 + 20) + (11 + 9),
            await shop.CostAsync(
                "query ($n: Int, $m: Int = 9) { a: products(first: $n) { nodes { id } } b: products(first: $m) { nodes { id } } }"
            )
        );

    [Fact]
    public async Task As_many_ids_as_a_variable_holds() =>
        Assert.Equal(
            10 + 3,
            await shop.CostAsync(
                "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
                new { ids = Enumerable.Repeat("UHJvZHVjdDox", 3) }
            )
        );

    [Fact]
    public async Task Lists_in_lists_soon_cost_too_much()
    {
        Assert.InRange(
            await shop.CostAsync(
                "{ products(first: 100) { nodes { variants(first: 100) { nodes { product { variants(first: 100) { nodes { id } } } } } } } }"
            ),
            200 * _defaults.MaxCost,
            long.MaxValue
        );
        Assert.InRange(
            await shop.CostAsync(
                "{ categories { children { children { parent { children { title } } } } } }"
            ),
            _defaults.MaxCost + 1,
            long.MaxValue
        );
    }

    [Fact]
    public async Task Each_operation_of_a_storefront_costs_a_quarter_of_the_limit_at_most()
    {
        var costs = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var document in OperationFiles.Read())
        {
            costs.Add(document.Name, await shop.CostAsync(document.Text, Dearest(document.Name)));
        }

        Snapshot.Match(costs);
        Assert.All(costs.Values, cost => Assert.InRange(cost, 1, _defaults.MaxCost / 4));
    }

    [Fact]
    public void Every_list_of_objects_says_how_long_it_is() =>
        Offences.None(
            from type in shop.Types
            from field in type.Fields
            let wrapped = field.ResolvedType is NonNullGraphType { ResolvedType: { } inner }
                ? inner
                : field.ResolvedType
            where wrapped is ListGraphType && field.ResolvedType!.GetNamedType() is IComplexGraphType
            where field.GetListSize() is null && !field.IsPaged()
            // As long as the list of ids that it answers.
            where $"{type.Name}.{field.Name}" != "Query.nodes"
            select $"{type.Name}.{field.Name}"
        );

    [Fact]
    public void Every_list_that_is_sent_has_a_maximum() =>
        Offences.None(
            from list in Arguments().Concat(InputFields())
            where list.Type is ListGraphType or NonNullGraphType { ResolvedType: ListGraphType }
            where list.MaxItems is null
            select list.Name
        );

    private IEnumerable<(string Name, IGraphType Type, int? MaxItems)> Arguments() =>
        from type in shop.Types
        from field in type.Fields
        from argument in field.Arguments ?? []
        select ($"{type.Name}.{field.Name}({argument.Name})", argument.ResolvedType, argument.GetMaxItems());

    private IEnumerable<(string Name, IGraphType Type, int? MaxItems)> InputFields() =>
        from type in shop.Schema.AllTypes.OfType<IInputObjectGraphType>()
        from field in type.Fields
        select ($"{type.Name}.{field.Name}", field.ResolvedType, field.GetMaxItems());

    // What a storefront sends; where there is a choice, the dearest.
    private static object Dearest(string operation) =>
        operation switch
        {
            "CategoryPageQuery" => new { slug = "x", first = 48 },
            "ProductListQuery" or "SearchPageQuery" or "SearchSuggestQuery" => new { text = "x", first = 48 },
            "ProductPageQuery" => new { slug = "x" },
            "ProductChoiceQuery" => new
            {
                productId = "UHJvZHVjdDox",
                selectedOptions = Array.Empty<object>(),
            },
            _ when operation.StartsWith("Cart", StringComparison.Ordinal) => DearestOfCart(operation),
            "OrderPageQuery" => new { by = new { number = "S-7K2M-9QXT" } },
            "OrderCancelMutation" => new
            {
                input = new { order = new { number = "S-7K2M-9QXT" }, idempotencyKey = Key },
            },
            "OrderPlaceMutation" => new
            {
                input = new
                {
                    cartId = Cart,
                    idempotencyKey = Key,
                    email = "ada@example.com",
                    shippingAddress = new
                    {
                        name = "Ada Lovelace",
                        line1 = "12 St James's Square",
                        city = "London",
                        postalCode = "SW1Y 4JH",
                        countryCode = "GB",
                    },
                },
            },
            "CustomerRegisterMutation" => new
            {
                input = new
                {
                    email = "a@example.com",
                    password = "long enough",
                    name = "Ada",
                },
            },
            "SignInMutation" => new { input = new { email = "a@example.com", password = "long enough" } },
            "TokenRefreshMutation" or "SignOutMutation" => new { input = new { refreshToken = "x" } },
            "OrderWatchSubscription" => new { orderId = "T3JkZXI6MQ" },
            "StockWatchSubscription" => new { variantIds = Array.Empty<string>() },
            _ => DearestPayment(operation),
        };

    private static object DearestOfCart(string operation) =>
        operation switch
        {
            "CartPageQuery" => new { id = Cart },
            "CartCreateMutation" => new { input = new { } },
            "CartLinesAddMutation" or "CartLinesUpdateMutation" => new
            {
                input = new { cartId = Cart, lines = Array.Empty<object>() },
            },
            "CartLinesRemoveMutation" => new
            {
                input = new { cartId = Cart, lineIds = Array.Empty<object>() },
            },
            "CartLinesSelectMutation" => new { input = new { cartId = Cart, selected = true } },
            "CartMergeMutation" => new { input = new { cartId = Cart, fromCartId = Cart } },
            "CartCodeAddMutation" or "CartCodeRemoveMutation" => new
            {
                input = new { cartId = Cart, code = "SPRING25" },
            },
            "CartDestinationSetMutation" => new { input = new { cartId = Cart, countryCode = "GB" } },
            "CartShippingSelectMutation" => new { input = new { cartId = Cart } },
            "CartWatchSubscription" => new { cartId = Cart },
            _ => throw new ArgumentException(operation, nameof(operation)),
        };

    private static object DearestPayment(string operation) =>
        operation switch
        {
            "PaymentPageQuery" => new { order = new { number = "S-7K2M-9QXT" } },
            "PaymentBeginMutation" => new
            {
                input = new
                {
                    order = new { number = "S-7K2M-9QXT" },
                    idempotencyKey = Key,
                    channel = "SANDBOX",
                    method = "WEB",
                },
            },
            "PaymentCheckMutation" or "PaymentCancelMutation" => new
            {
                input = new { paymentId = "UGF5bWVudDox" },
            },
            "PaymentWatchSubscription" => new { orderId = "T3JkZXI6MQ" },
            _ => new { },
        };

    private const string Key = "0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7";

    private static string Cart { get; } = GlobalId.Of(CartId.Make()).ToString();
}
