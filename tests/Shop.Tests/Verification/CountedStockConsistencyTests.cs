using Shop.Jobs.Verification;
using Shop.Tests.Fixtures;
using Shop.Tests.Inventory;
using Shop.Tests.Orders;

namespace Shop.Tests.Verification;

/// <summary>What staff counts stands in the same ledger as what orders take.</summary>
public sealed class CountedStockConsistencyTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task The_books_balance_where_staff_has_counted_between_orders()
    {
        var saga = new Saga(shop);
        var (id, sku) = await shop.StockedAsync(units: 10);
        var cancelled = Saga.Request((id, 3));
        await saga.PlacedAsync(Saga.Request((id, 2)));
        var order = await saga.PlacedAsync(cancelled);
        await saga.SettleAsync();
        await shop.AdjustAsync(sku, -3);
        await shop.SetAsync(sku, 50);
        await saga.CancelAsync(cancelled, order);
        await saga.SettleAsync();

        var report = await shop.Get<VerifyConsistency>().RunAsync(TimeSpan.Zero, CancellationToken.None);

        Assert.Empty(report.Findings);
        Assert.Equal(2, report.Orders);
        Assert.Equal(53, await saga.AvailableAsync(id));
    }
}
