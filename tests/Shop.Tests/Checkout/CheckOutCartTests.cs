using Shop.Data.Carts;
using Shop.Data.Catalog;
using Shop.Data.Checkout;
using Shop.Data.Kernel;
using Shop.Data.Orders.Placing;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Checkout;

/// <summary>From a cart to an order. What is refused places nothing and leaves the cart as it was.</summary>
public sealed class CheckOutCartTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private static readonly Money _price = new(425, "GBP");

    private readonly Saga _saga = new(shop);
    private readonly CartStore _carts = shop.Get<CartStore>();
    private VariantId _pot;

    public async ValueTask InitializeAsync()
    {
        await TeaPots.StockAsync(shop, units: 5);
        _pot = new(
            (long)(await SqlAsync("update catalog.product_variant set price_minor = 425 returning id"))!
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_order_costs_its_lines_and_what_was_ordered_leaves_the_cart()
    {
        var cart = await CartAsync(units: 3);

        var order = await _saga.OrderAsync(Accepted(await RunAsync(Request(cart))).OrderId);

        Assert.Equal((1275, 1275), (order.SubtotalMinor, order.TotalMinor));
        Assert.Equal((0, 0, 0), (order.DiscountMinor, order.ShippingMinor, order.TaxMinor));
        Assert.Equal(
            (_pot, 3, 425),
            (order.Lines[0].VariantId, order.Lines[0].Quantity, order.Lines[0].UnitPriceMinor)
        );
        Assert.Empty((await _carts.FindAsync(cart.Id, default))!.Lines);
    }

    [Fact]
    public async Task A_client_that_lost_the_answer_gets_it_again_although_the_cart_is_empty_or_gone()
    {
        var cart = await CartAsync(units: 1);
        var request = Request(cart);

        var first = Accepted(await RunAsync(request));
        var again = Accepted(await RunAsync(request));

        Assert.Equal((first.OrderId, false, true), (again.OrderId, first.Replayed, again.Replayed));
        Assert.Equal(
            new CheckOutResult.Answered(new PlaceOrderResult.KeyConflict()),
            await RunAsync(request with { IfCartVersion = cart.Version })
        );
    }

    [Fact]
    public async Task A_cart_that_never_was_cannot_be_ordered() =>
        Assert.IsType<CheckOutResult.CartNotFound>(
            await RefusedAsync(Request(await CartAsync(1)) with { Cart = CartId.Make() })
        );

    [Fact]
    public async Task A_cart_at_another_version_is_not_ordered()
    {
        var cart = await CartAsync(units: 1);

        var refused = await RefusedAsync(Request(cart) with { IfCartVersion = cart.Version + 1 });

        Assert.Equal(new CheckOutResult.CartChanged(cart.Version), refused);
        Assert.Equal(cart.Version, (await _carts.FindAsync(cart.Id, default))!.Version);
    }

    [Fact]
    public async Task A_cart_without_a_tick_is_not_ordered()
    {
        var cart = await CartAsync(units: 1);
        await _carts.SelectAsync(cart.Id, lines: null, selected: false, ifVersion: null, default);

        Assert.IsType<CheckOutResult.NothingSelected>(await RefusedAsync(Request(cart)));
    }

    [Fact]
    public async Task A_customer_pays_the_price_they_saw_or_is_asked_again()
    {
        var cart = await CartAsync(units: 1);
        await SqlAsync("update catalog.product_variant set price_minor = 399 returning id");

        var dearer = await RefusedAsync(Request(cart));
        await SqlAsync("update catalog.product_variant set retired_at = now() returning id");
        var gone = await RefusedAsync(Request(cart));
        await SqlAsync("update catalog.product_variant set retired_at = null returning id");

        Assert.Equal(new ChangedLine(_pot, "TEAPOT", _price, new Money(399, "GBP")), Line(dearer));
        Assert.Equal(new ChangedLine(_pot, "TEAPOT", _price, CurrentPrice: null), Line(gone));
        Assert.Single((await _carts.FindAsync(cart.Id, default))!.Lines);
    }

    [Fact]
    public async Task Those_who_check_out_at_the_same_moment_share_their_statements()
    {
        var requests = new List<CheckOutRequest>();
        for (var count = 0; count < 40; count++)
        {
            requests.Add(Request(await CartAsync(units: 1)));
        }

        await shop.ReplicaShowsAllAsync();
        using var count40 = SqlCount.Start();
        var results = await Task.WhenAll(requests.Select(RunAsync));

        Assert.Equal(40, results.Select(Accepted).DistinctBy(order => order.OrderId).Count());
        var prices = count40.Statements.Count(sql => sql.Contains("catalog.", StringComparison.Ordinal));
        // How many fall into one moment is the machine's to say.
        Assert.InRange(prices, 1, requests.Count - 1);
    }

    private static CheckOutRequest Request(Cart cart) =>
        new(
            Guid.CreateVersion7(),
            cart.Id,
            IfCartVersion: null,
            IfTotal: null,
            "ada@example.org",
            new("Ada Lovelace", "12 St James's Square", null, "London", null, "SW1Y 4JH", "GB"),
            Customer: null
        );

    private static PlaceOrderResult.Accepted Accepted(CheckOutResult result) =>
        Assert.IsType<PlaceOrderResult.Accepted>(Assert.IsType<CheckOutResult.Answered>(result).Answer);

    private static ChangedLine Line(CheckOutResult result) =>
        Assert.Single(Assert.IsType<CheckOutResult.LinesChanged>(result).Lines);

    private async Task<Cart> CartAsync(int units) =>
        Assert
            .IsType<CartResult.Done>(
                await _carts.CreateAsync("GBP", [new CartItem(_pot, "TEAPOT", units, _price)], default)
            )
            .Cart;

    private Task<CheckOutResult> RunAsync(CheckOutRequest request) =>
        shop.Get<CheckOutCart>().RunAsync(request, CancellationToken.None);

    private async Task<CheckOutResult> RefusedAsync(CheckOutRequest request)
    {
        var before = await _saga.CountAsync("orders.\"order\"");
        var result = await RunAsync(request);
        Assert.Equal(before, await _saga.CountAsync("orders.\"order\""));
        return result;
    }

    private async Task<object?> SqlAsync(string sql)
    {
        await using var command = shop.Get<Database<CatalogDb>>().Primary.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
