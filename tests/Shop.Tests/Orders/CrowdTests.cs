using System.Threading.Channels;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>Hundreds of shoppers watch their orders at once, over real connections. tests/Shop.Load does it with thousands.</summary>
public sealed class CrowdTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const int Shoppers = 400;
    private const int OrdersOfSocket = 10;

    private readonly Saga _saga = new(shop);
    private readonly List<CrowdSocket> _sockets = [];
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(1));
    private ShopNode _node = null!;

    [Fact]
    public async Task Each_of_hundreds_gets_every_status_once_and_in_order_although_Redis_restarts()
    {
        var orders = await PlaceAsync();
        var watching = await WatchAsync(orders);
        await AllHearAsync(watching, 1);
        await _saga.SettleAsync();
        await AllHearAsync(watching, 2);

        await shop.RedisServer.StopAsync();
        // Nobody hears of it.
        await CancelUnpaidAsync();
        await shop.RedisServer.StartAsync();

        await AllHearAsync(watching, 3);
        await AssertNothingMoreAsync(watching);
    }

    [Fact]
    public async Task Whoever_was_away_is_told_what_they_missed_and_then_goes_on()
    {
        var orders = await PlaceAsync();
        await AllHearAsync(await WatchAsync(orders), 1);
        await LeaveAsync();
        await _saga.SettleAsync();

        var again = await WatchAsync(orders, fromVersion: 1);
        await AllHearAsync(again, 2);
        await CancelUnpaidAsync();

        await AllHearAsync(again, 3);
        await AssertNothingMoreAsync(again);
    }

    [Fact]
    public async Task Whoever_comes_while_steps_are_taken_misses_none()
    {
        var orders = await PlaceAsync();

        var settling = Task.Run(_saga.SettleAsync);
        var watching = await WatchAsync(orders, fromVersion: 0);
        await settling;

        await AllHearAsync(watching, 1);
        await AllHearAsync(watching, 2);
        await AssertNothingMoreAsync(watching);
    }

    [Fact]
    public async Task Those_who_ask_at_the_same_moment_share_a_few_statements()
    {
        var orders = await PlaceAsync();
        var stories = shop.Get<OrderStories>();
        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await using var busy = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync($"lock table orders.order_event", _patience.Token);

        using var count = SqlCount.Start();
        var asking = orders.ConvertAll(order =>
            stories.ReadAsync(
                order.Id,
                new(null, order.AccessKey, IsStaff: false),
                after: null,
                _patience.Token
            )
        );
        await busy.CommitAsync();
        var told = await Task.WhenAll(asking);

        Assert.All(told, steps => Assert.Equal(OrderStatus.Pending, Assert.Single(steps!).To));
        // The first two read alone, then all others at once.
        Assert.Equal(3, count.Statements.Count(sql => sql.Contains("order_event", StringComparison.Ordinal)));
    }

    public async ValueTask InitializeAsync() => _node = await ShopNode.StartAsync(shop);

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        await _node.DisposeAsync();
        _patience.Dispose();
    }

    private async Task<List<(OrderId Id, AccessKey AccessKey)>> PlaceAsync()
    {
        var pot = await _saga.StockedAsync(units: Shoppers);
        var placed = await Task.WhenAll(
            Enumerable
                .Range(0, Shoppers)
                .Select(async _ =>
                {
                    var request = Saga.Request((pot, 1));
                    var order = await _saga.PlacedAsync(request);
                    return (order, AccessKey.Of(request.CartSecret, order));
                })
        );
        return [.. placed];
    }

    private async Task<IReadOnlyList<ChannelReader<int>>> WatchAsync(
        IReadOnlyList<(OrderId Id, AccessKey AccessKey)> orders,
        int? fromVersion = null
    )
    {
        var watching = new List<ChannelReader<int>>();
        foreach (var some in orders.Chunk(OrdersOfSocket))
        {
            var socket = await CrowdSocket.OpenAsync(_node.Address);
            _sockets.Add(socket);
            foreach (var (id, accessKey) in some)
            {
                watching.Add(await socket.WatchAsync(id, accessKey, fromVersion));
            }
        }

        return watching;
    }

    private async Task AllHearAsync(IReadOnlyList<ChannelReader<int>> watching, int version)
    {
        foreach (var versions in watching)
        {
            Assert.Equal(version, await versions.ReadAsync(_patience.Token));
        }
    }

    // Each connection is closed in order: what was pushed before stands before its end.
    private async Task AssertNothingMoreAsync(IReadOnlyList<ChannelReader<int>> watching)
    {
        await LeaveAsync();
        foreach (var versions in watching)
        {
            Assert.False(await versions.WaitToReadAsync(_patience.Token));
        }
    }

    private async Task LeaveAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }

        _sockets.Clear();
    }

    private async Task CancelUnpaidAsync()
    {
        shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.InRange(
            await shop.Get<CancelUnpaidOrders>().RunAsync(_patience.Token),
            Shoppers,
            CancelUnpaidOrders.BatchSize
        );
    }
}
