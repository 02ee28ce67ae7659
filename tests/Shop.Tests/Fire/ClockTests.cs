using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Jobs.Verification;
using Shop.Load;
using Shop.Load.Client;
using Shop.Tests.Carts;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Fire;

/// <summary>A whole shop in one process, whose clock is set back while it is open.</summary>
public sealed class ClockTests(CartShop fixture) : IClassFixture<CartShop>, IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly ShopFixture _shop = fixture.Shop;
    private readonly List<long> _known = [];
    private readonly CancellationTokenSource _end = new(_patience);

    [Fact]
    public async Task A_clock_that_is_set_back_by_an_hour_stops_nothing_and_doubles_nothing()
    {
        var clock = new MovableClock();
        await using var node = await ShopNode.StartAsync(
            _shop,
            clock,
            ("Jobs:InProcess", "true"),
            ("Orders:PaymentGrace", "00:00:00")
        );
        using var shop = new ShopClient(ShopAddress.Parse($"{node.Address}"), connections: 1);
        var (held, unpaid, patient) = (
            await SettledAsync(shop),
            await SettledAsync(shop),
            await SettledAsync(shop)
        );
        // A worker has died with it a moment ago.
        await ExecuteAsync(
            $"""
            update orders.local_message set status = 0, attempts = 1, lease_owner = 'dead', updated_at = '{clock.GetUtcNow():o}',
                lease_until = '{clock.GetUtcNow().AddSeconds(15):o}'
            where key = {held}
            """
        );

        clock.SetBack(TimeSpan.FromHours(1));

        await UntilAsync($"select status = 2 from orders.local_message where key = {held}");
        var during = await SettledAsync(shop);
        await ExecuteAsync(
            $"update orders.\"order\" set payment_due_at = '{clock.GetUtcNow():o}' where id = {unpaid}"
        );
        await UntilStatusAsync(unpaid, OrderStatus.Cancelled);
        await UntilStatusAsync(patient, OrderStatus.AwaitingPayment);
        Assert.Equal(NewId.SpareMachine, (during >> 12) & 1023);

        await UntilAsync("select not exists (select from orders.local_message where status <> 2)");
        await UntilAsync("select not exists (select from inventory.local_message where status <> 2)");
        var report = await _shop.Get<VerifyConsistency>().RunAsync(patience: TimeSpan.Zero, _end.Token);
        Assert.Empty(report.Findings);
    }

    public void Dispose() => _end.Dispose();

    /// <summary>Places an order, and waits until its stock is deducted.</summary>
    private async Task<long> SettledAsync(ShopClient shop)
    {
        var (cart, _) = await fixture.CreateAsync(("TIN9", 1));
        var input = Placed.Order(cart, shopper: 1);
        var (order, problem) = Placed.ReadOrder(await shop.AskAsync(Operation.OrderPlace, input, _end.Token));
        Assert.True(order is not null, problem);
        var id = await AskAsync<long>(
            $"select id from orders.\"order\" where id <> all('{{{string.Join(',', _known)}}}')"
        );
        _known.Add(id);
        await UntilStatusAsync(id, OrderStatus.AwaitingPayment);
        return id;
    }

    private Task UntilStatusAsync(long order, OrderStatus status) =>
        UntilAsync($"select status = {(short)status} from orders.\"order\" where id = {order}");

    private Task UntilAsync(string question) => Eventually.TrueAsync(_shop, question);

    private async Task<T> AskAsync<T>(string question)
    {
        await using var command = _shop.Get<Database<OrdersDb>>().Primary.CreateCommand(question);
        return (T)(await command.ExecuteScalarAsync(_end.Token))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(_end.Token);
    }
}
