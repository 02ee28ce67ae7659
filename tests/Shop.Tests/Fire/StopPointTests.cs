using Shop.Data.Catalog;
using Shop.Data.Catalog.Edit;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Storage;
using Shop.Jobs.Verification;
using Shop.Load;
using Shop.Load.Client;
using Shop.Load.Fire;
using Shop.Tests.Carts;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Fire;

/// <summary>
/// Between an effect and its mark: a host is killed at just that place, and another goes on where it was. The killed one
/// is a real process; what comes after is this one, whose clock says that the dead one's leases have run out.
/// </summary>
public sealed class StopPointTests(CartShop fixture) : IClassFixture<CartShop>, IDisposable
{
    private const int Killed = 137;

    private readonly ShopFixture _shop = fixture.Shop;
    private readonly Saga _saga = new(fixture.Shop);
    private readonly CancellationTokenSource _patience = new();

    /// <summary>Places that a job host comes by.</summary>
    public static TheoryData<string> OfJobs { get; } =
    [
        "messages of catalog claimed, nothing done",
        "messages of catalog delivered, not confirmed",
        "messages of orders claimed, nothing done",
        "messages of orders delivered, not confirmed",
        "messages of inventory claimed, nothing done",
        "messages of inventory delivered, not confirmed",
        "messages of pricing claimed, nothing done",
        "messages of pricing delivered, not confirmed",
        "uses locked, nothing committed",
        "uses committed, nobody told",
        "release committed, nobody told",
        "stock locked, nothing committed",
        "stock committed, nobody told",
        "restock committed, nobody told",
        "counts committed, nobody told",
        "outcome committed, nobody told",
        "unpaid orders cancelled, bell not rung",
    ];

    /// <summary>Places that a web host comes by.</summary>
    public static TheoryData<string> OfTheWeb { get; } =
    [
        "order committed, client not answered",
        "order placed, cart not emptied",
        "cancellation committed, bell not rung",
    ];

    [Theory]
    [MemberData(nameof(OfJobs))]
    public async Task What_a_job_host_left_there_is_done_once_by_the_next(string place)
    {
        var programs = await PatientlyAsync();
        // The killed one lives in the time of the world.
        _shop.Clock.AdjustTime(TimeProvider.System.GetUtcNow());
        var (pot, pan) = (await _saga.StockedAsync(units: 10), await _saga.StockedAsync(units: 1));
        var sale = await _saga.LimitedAsync(uses: 10);
        var overdue = await _saga.PlacedAsync(Saga.Request((pot, 1)));
        var regret = Saga.Request((pot, 2)).Using(sale);
        var regretted = await _saga.PlacedAsync(regret);
        await _saga.SettleAsync();
        await ExecuteAsync(
            $"update orders.\"order\" set payment_due_at = '2020-01-01' where id = {overdue.Value}"
        );
        await _saga.CancelAsync(regret, regretted);
        var met = await _saga.PlacedAsync(Saga.Request((pot, 4)).Using(sale));
        var refused = await _saga.PlacedAsync(Saga.Request((pan, 2)).Using(sale));
        var sku = await NewProductAsync();
        var counted = await _saga.StockedAsync(units: 3);
        await CountAsync(counted, units: 9);

        using (var host = TownNode.Jobs(place, programs, Settings(place)))
        {
            await host.StartAsync(_patience.Token);
            Assert.Equal(Killed, await host.EndAsync(_patience.Token));
        }

        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await _shop.Get<CancelUnpaidOrders>().RunAsync(_patience.Token);
        await SettledWithoutAFlawAsync();
        Assert.Equal(OrderStatus.Cancelled, (await _saga.OrderAsync(overdue)).Status);
        Assert.Equal(OrderStatus.Cancelled, (await _saga.OrderAsync(regretted)).Status);
        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(met)).Status);
        Assert.Equal(OrderStatus.Rejected, (await _saga.OrderAsync(refused)).Status);
        Assert.Equal(1, await _saga.UsesAsync(sale));
        Assert.Equal(1, await _saga.LevelsAsync(sku));
        Assert.Equal([6], await _saga.MovementsAsync(counted));
    }

    [Theory]
    [MemberData(nameof(OfTheWeb))]
    public async Task A_client_whose_call_died_there_gets_the_one_order_that_it_made(string place)
    {
        var programs = await PatientlyAsync();
        var (cart, _) = await fixture.CreateAsync(("TIN7", 2));
        var (input, key) = (Placed.Order(cart, shopper: 1), Guid.CreateVersion7());
        var before = await _saga.CountAsync("orders.\"order\"");

        using (var host = TownNode.Web(place, programs, Settings(place)))
        {
            await host.StartAsync(_patience.Token);
            await Assert.ThrowsAsync<ShopAwayException>(() => OrderAndCancelAsync(host.Address!, input, key));
            Assert.Equal(Killed, await host.EndAsync(_patience.Token));
        }

        await using var next = await ShopNode.StartAsync(_shop);
        var order = await OrderAndCancelAsync(ShopAddress.Parse($"{next.Address}"), input, key);
        _shop.Clock.AdjustTime(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await SettledWithoutAFlawAsync();
        Assert.Equal(before + 1, await _saga.CountAsync("orders.\"order\""));
        Assert.Equal(0, (await fixture.FindAsync(cart)).GetProperty("quantity").GetInt32());
        var answer = await next.AskAsync(
            $$"""{ order(by: {id: "{{order.Id}}"}, accessKey: "{{order.AccessKey}}") { status } }"""
        );
        Assert.Equal("CANCELLED", answer.GetProperty("order").GetProperty("status").GetString());
    }

    public void Dispose() => _patience.Dispose();

    // The build, which only the first of the tests waits for, is none of the time that one of them has.
    private async Task<Programs> PatientlyAsync()
    {
        var programs = await TestBuild.MadeAsync();
        _patience.CancelAfter(TimeSpan.FromMinutes(5));
        return programs;
    }

    private Dictionary<string, string> Settings(string place) =>
        new()
        {
            ["SHOP_STOP_AT"] = place,
            ["ConnectionStrings__Shop"] = _shop.Postgres,
            ["ConnectionStrings__Redis"] = _shop.Redis,
            ["Accounts__KeySecret"] = ShopHost.KeySecret,
            // It dies at its first look at the clock; nobody shares that with it.
            ["Jobs__Cluster"] = "false",
        };

    /// <returns>Its SKU, of which Inventory has yet to hear.</returns>
    // As an import tells it whose file has the stock of a SKU.
    private Task CountAsync(VariantId variant, int units) =>
        ExecuteAsync(
            $$"""
            insert into catalog.local_message
                (topic, receiver, key, payload, next_attempt_at, created_at, updated_at)
            values ('catalog.variants_counted', 'inventory', 0,
                '{"actor": null, "variants": [{"variantId": {{variant.Value}}, "units": {{units}}}]}',
                '2020-01-01', now(), now())
            """
        );

    private async Task<string> NewProductAsync()
    {
        var sku = $"POT-{Guid.CreateVersion7():n}";
        var pot = new VariantToSave(null, sku, "Pot", [], new Money(250, "GBP"), CompareAtMinor: null);
        var saved = await _shop
            .Get<SaveProduct>()
            .RunAsync(
                new(
                    Guid.CreateVersion7(),
                    Id: null,
                    IfVersion: null,
                    Code: null,
                    "Pot",
                    Slug: null,
                    Description: "",
                    Brand: null,
                    Category: null,
                    Tags: [],
                    Media: [],
                    Options: [],
                    [pot],
                    ProductStatus.Active,
                    _shop.Get<NewId>().Next<CustomerId>()
                ),
                _patience.Token
            );
        Assert.IsType<SaveProductResult.Saved>(saved);
        return sku;
    }

    private async Task<PlacedOrder> OrderAndCancelAsync(ShopAddress address, object input, Guid key)
    {
        using var shop = new ShopClient(address, connections: 1);
        var (order, _) = Placed.ReadOrder(await shop.AskAsync(Operation.OrderPlace, input, _patience.Token));
        await shop.AskAsync(Operation.OrderCancel, Placed.Cancellation(order!.Value, key), _patience.Token);
        return order.Value;
    }

    private async Task SettledWithoutAFlawAsync()
    {
        await _saga.SettleAsync();
        var report = await _shop.Get<VerifyConsistency>().RunAsync(patience: TimeSpan.Zero, _patience.Token);
        Assert.Empty(report.Findings);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
