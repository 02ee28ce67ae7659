using Shop.Data.Inventory;
using Shop.Data.Inventory.Messages;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Inventory;

public sealed class DeductStockTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static long _messages;

    private readonly Saga _saga = new(shop);
    private readonly DeductStock _deductStock = shop.Get<DeductStock>();
    private readonly NewId _newId = shop.Get<NewId>();

    [Fact]
    public async Task The_oldest_orders_of_a_batch_get_the_stock_and_the_others_none()
    {
        var hot = await _saga.StockedAsync(units: 10);
        var requests = Enumerable.Range(0, 25).Select(_ => Wants((hot, 1))).ToList();

        await _deductStock.RunAsync(requests, CancellationToken.None);

        Assert.Equal(0, await _saga.AvailableAsync(hot));
        Assert.Equal(requests.Take(10).Select(request => request.Body.OrderId), await HoldersAsync(hot));
    }

    [Fact]
    public async Task An_order_that_cannot_be_met_leaves_its_units_to_the_next_one()
    {
        var (hot, gone) = (await _saga.StockedAsync(units: 3), await _saga.StockedAsync(units: 0));
        var greedy = Wants((hot, 2), (gone, 1));
        var modest = Wants((hot, 3));

        await _deductStock.RunAsync([greedy, modest], CancellationToken.None);

        Assert.Equal([modest.Body.OrderId], await HoldersAsync(hot));
    }

    [Fact]
    public async Task Two_lines_of_one_sku_are_met_together_or_not_at_all()
    {
        var hot = await _saga.StockedAsync(units: 5);
        var both = Wants((hot, 3), (hot, 3));

        await _deductStock.RunAsync([both], CancellationToken.None);

        Assert.Equal(5, await _saga.AvailableAsync(hot));
        Assert.Empty(await HoldersAsync(hot));
    }

    [Fact]
    public async Task What_is_asked_back_twice_by_two_messages_is_given_back_once()
    {
        var hot = await _saga.StockedAsync(units: 5);
        var order = Wants((hot, 2));
        await _deductStock.RunAsync([order], CancellationToken.None);

        await shop.Get<RestockOrders>().RunAsync([WantsBack(order.Body.OrderId)], CancellationToken.None);
        await shop.Get<RestockOrders>().RunAsync([WantsBack(order.Body.OrderId)], CancellationToken.None);

        Assert.Equal(5, await _saga.AvailableAsync(hot));
        Assert.Equal([-2, 2], await _saga.MovementsAsync(hot));
    }

    [Fact]
    public async Task Workers_that_want_one_sku_at_once_never_sell_it_twice()
    {
        var skus = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _saga.StockedAsync(units: 20)));

        // Each worker names the SKUs in an order of its own.
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(worker =>
                    _deductStock.RunAsync(
                        [
                            .. Enumerable
                                .Range(0, 10)
                                .Select(n =>
                                    Wants((skus[(worker + n) % 5], 1), (skus[(worker + n + 2) % 5], 1))
                                ),
                        ],
                        CancellationToken.None
                    )
                )
        );

        var left = await Task.WhenAll(skus.Select(_saga.AvailableAsync));
        var sold = await Task.WhenAll(skus.Select(async sku => -(await _saga.MovementsAsync(sku)).Sum()));
        Assert.All(left.Zip(sold), sku => Assert.Equal(20, sku.First + sku.Second));
        Assert.Equal(0, left.Sum());
    }

    [Fact]
    public async Task A_batch_is_two_round_trips_however_many_orders_it_has()
    {
        var hot = await _saga.StockedAsync(units: 100);
        var requests = Enumerable.Range(0, 50).Select(_ => Wants((hot, 1))).ToList();
        using var count = SqlCount.Start();

        await _deductStock.RunAsync(requests, CancellationToken.None);

        Assert.Equal(2, count.Statements.Count);
    }

    private Delivered<DeductionRequested> Wants(params (VariantId Variant, int Units)[] lines) =>
        new(
            "test",
            Interlocked.Increment(ref _messages),
            new(_newId.Next<OrderId>(), [.. lines.Select(line => new WantedUnits(line.Variant, line.Units))]),
            TraceParent: null
        );

    private static Delivered<RestockRequested> WantsBack(OrderId order) =>
        new("test", Interlocked.Increment(ref _messages), new(order), TraceParent: null);

    private async Task<IEnumerable<OrderId>> HoldersAsync(VariantId variant)
    {
        await using var command = shop.Get<Shop.Data.Storage.Database<InventoryDb>>()
            .Primary.CreateCommand(
                "select order_id from inventory.stock_movement where variant_id = $1 order by order_id"
            );
        command.Parameters.Add(new Npgsql.NpgsqlParameter<long> { TypedValue = variant.Value });
        var holders = new List<OrderId>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            holders.Add(new(rows.GetInt64(0)));
        }

        return holders;
    }
}
