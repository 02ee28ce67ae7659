using Shop.Data.Carts;
using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Jobs.Verification;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using StackExchange.Redis;

namespace Shop.Tests.Verification;

/// <summary>A check that cannot fail proves nothing: each of these cooks the books in one way.</summary>
public sealed class VerifyConsistencyTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Saga _saga = new(shop);
    private VariantId _pot;

    public async ValueTask InitializeAsync()
    {
        await CookAsync(
            "truncate orders.\"order\", orders.order_line, orders.order_event, orders.local_message, inventory.local_message, inventory.stock, inventory.stock_movement, payments.due, payments.local_message cascade"
        );
        _pot = await _saga.StockedAsync(units: 10);
        await _saga.PlacedAsync(Saga.Request((_pot, 2), (_pot, 1)));
        var cancelled = Saga.Request((_pot, 1));
        await _saga.CancelAsync(cancelled, await _saga.PlacedAsync(cancelled));
        await _saga.PlacedAsync(Saga.Request((_pot, 50)));
        await _saga.SettleAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_books_of_a_sound_shop_balance()
    {
        var report = await VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(3, report.Orders);
    }

    [Theory]
    [InlineData("update inventory.stock set available = available - 1", "the ledger says")]
    [InlineData("delete from inventory.stock_movement where units = -3", "the ledger says")]
    [InlineData("update orders.\"order\" set status = 6 where status = 1", "its last event is not")]
    [InlineData(
        "update orders.order_event set to_status = 6 where to_status = 1; update orders.\"order\" set status = 6 where status = 1",
        "Cancelled calls for 0 units held, but 3 are"
    )]
    [InlineData("update orders.\"order\" set status = 0 where status = 5", "still pending")]
    [InlineData("update orders.\"order\" set status = 5 where status = 1", "rejected, and yet")]
    [InlineData("delete from orders.\"order\" where status = 5", "but the order is not")]
    [InlineData(
        "update inventory.stock_movement set order_id = order_id + 1 where units = -3",
        "stock moved that no order names"
    )]
    [InlineData(
        "update orders.local_message set status = -1 where id = (select min(id) from orders.local_message)",
        "1 dead"
    )]
    [InlineData(
        "update inventory.local_message set status = 0 where id = (select min(id) from inventory.local_message)",
        "1 stuck"
    )]
    public async Task Cooked_books_are_found_out(string sql, string finding)
    {
        await CookAsync(sql);

        var report = await VerifyAsync();

        Assert.False(report.Balances);
        Assert.Contains(report.Findings, text => text.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cart_that_would_be_kept_for_ever_is_found_out_and_mended()
    {
        var made = await shop.Get<CartStore>().CreateAsync("GBP", [], CancellationToken.None);
        var cart = Assert.IsType<CartResult.Done>(made).Cart;
        Assert.True((await VerifyAsync()).Balances);
        RedisKey key = $"cart:{{{cart.Id.Secret}}}:all";
        var redis = shop.Get<IConnectionMultiplexer>().GetDatabase();
        Assert.True(await redis.KeyPersistAsync(key));

        var report = await VerifyAsync();
        var mended = await shop.Get<CartConsistency>().MendAsync(CancellationToken.None);

        Assert.Equal(
            ["Carts: 1 keys never expire; ./shop verify --mend gives them an expiry"],
            report.Findings
        );
        Assert.Equal(1, mended);
        Assert.True((await VerifyAsync()).Balances);
        Assert.True(await redis.KeyTimeToLiveAsync(key) > TimeSpan.FromDays(29));
    }

    private Task<ConsistencyReport> VerifyAsync() =>
        shop.Get<VerifyConsistency>().RunAsync(patience: TimeSpan.Zero, CancellationToken.None);

    private async Task CookAsync(string sql)
    {
        await using var command = shop.Get<Database<InventoryDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
