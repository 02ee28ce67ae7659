using Shop.Data.Kernel;
using Shop.Load.Bench.Events;
using Shop.Load.Fire;
using Shop.Tests.Orders;
using Shop.Tests.Outside;

namespace Shop.Tests.Fire;

/// <summary>
/// Relays are killed between what they have sent and what they know of that, one after the other, and then all brokers go away: those
/// outside lack nothing.
/// </summary>
[Collection<KafkaTests>]
public sealed class RelayKillTests(KafkaShop fixture)
{
    private const int Killed = 137;

    // For each relay; as many as are on their way at once.
    private const int Orders = 100;
    private const int AtOnce = 50;

    private readonly Saga _saga = new(fixture.Shop);

    public static TheoryData<string> Places { get; } =
    [
        "a step handed over, the others not",
        "steps acknowledged, bookmark not kept",
        "bookmark kept, nothing else done",
    ];

    [Fact]
    public async Task Steps_are_told_in_order_though_relays_are_killed_and_all_brokers_are_away()
    {
        var programs = await TestBuild.MadeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var topic = $"orders.{Guid.CreateVersion7():n}";
        using var cluster = new MockCluster(topic);
        // Those that are killed live in the time of the world, where these orders are not overdue. In whole seconds, as other tests
        // of this shop want it.
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        fixture.Shop.Clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(now));
        var orders = new List<OrderId>();
        foreach (var place in Places.Select(row => row.Data))
        {
            orders.AddRange(await SettledAsync());
            using var host = TownNode.Jobs(place, programs, SettingsOf(place, cluster, topic));
            await host.StartAsync(patience.Token);
            Assert.Equal(Killed, await host.EndAsync(patience.Token));
        }

        await using var last = await Relay.StartAsync(fixture.Shop, cluster.Address, topic);
        await Heard.ReadAsync(cluster.Address, topic, Ids(orders));
        cluster.SetDown();
        orders.AddRange(await SettledAsync());
        cluster.SetUp();

        var wanted = Ids(orders);
        var heard = await Heard.ReadAsync(cluster.Address, topic, wanted);
        Heard.InOrder(heard);
        Assert.Empty(heard.Select(one => one.Id).Except(wanted));
        // Killed before it knew what it had sent: that came again.
        Assert.True(heard.Count > wanted.Length);
    }

    private Dictionary<string, string> SettingsOf(string place, MockCluster cluster, string topic) =>
        new()
        {
            ["SHOP_STOP_AT"] = place,
            ["ConnectionStrings__Shop"] = fixture.Shop.Postgres,
            ["ConnectionStrings__Redis"] = fixture.Shop.Redis,
            ["Jobs__Cluster"] = "false",
            ["Outside__Kafka"] = cluster.Address,
            ["Outside__Topics__Orders"] = topic,
        };

    private async Task<IReadOnlyList<OrderId>> SettledAsync()
    {
        var pot = await _saga.StockedAsync(units: Orders);
        var orders = new List<OrderId>();
        while (orders.Count < Orders)
        {
            orders.AddRange(
                await Task.WhenAll(
                    Enumerable.Range(0, AtOnce).Select(_ => _saga.PlacedAsync(Saga.Request((pot, 1))))
                )
            );
        }

        await _saga.SettleAsync();
        return orders;
    }

    private static string[] Ids(IEnumerable<OrderId> orders) =>
        [
            .. from order in orders
            from version in Enumerable.Range(1, 2)
            select Heard.IdOf(order.Value, version),
        ];
}
