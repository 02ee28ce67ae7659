using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Jobs.Books;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>Whatever is delivered when, and however often: the books balance in the end.</summary>
public sealed class SagaPropertyTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const int Steps = 60;

    private readonly Saga _saga = new(shop);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_sequence_of_orders_cancellations_deliveries_and_repetitions_makes_a_wrong_book(
        int seed
    )
    {
        // A failure names its seed, which gives the same steps again.
        var random = new Random(seed);
        VariantId[] skus = [await _saga.StockedAsync(units: 12), await _saga.StockedAsync(units: 7)];
        var placed = new List<(PlaceOrderRequest Request, OrderId Order)>();

        for (var step = 0; step < Steps; step++)
        {
            await (
                random.Next(10) switch
                {
                    0 or 1 or 2 or 3 => PlaceAsync(),
                    4 when placed.Count > 0 => CancelAsync(placed[random.Next(placed.Count)]),
                    5 => _saga.ForgetConfirmationsAsync<OrdersDb>(),
                    6 => _saga.ForgetConfirmationsAsync<InventoryDb>(),
                    7 => ExpireAsync(),
                    8 => _saga.DeliverAsync<InventoryDb>(),
                    _ => _saga.DeliverAsync<OrdersDb>(),
                }
            );
        }

        await _saga.SettleAsync();
        var report = await shop.Get<VerifyBooks>().RunAsync(patience: TimeSpan.Zero, CancellationToken.None);
        Assert.Empty(report.Findings);

        async Task PlaceAsync()
        {
            var request = Saga.Request(
                (skus[random.Next(2)], random.Next(1, 4)),
                (skus[random.Next(2)], random.Next(1, 3))
            );
            placed.Add((request, await _saga.PlacedAsync(request)));
        }

        Task CancelAsync((PlaceOrderRequest Request, OrderId Order) order) =>
            _saga.CancelAsync(order.Request, order.Order);

        Task ExpireAsync()
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(random.Next(20)));
            return shop.Get<CancelUnpaidOrders>().RunAsync(CancellationToken.None);
        }
    }
}
