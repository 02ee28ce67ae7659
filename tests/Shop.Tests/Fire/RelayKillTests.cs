using Shop.Data.Kernel;
using Shop.Load.Fire;
using Shop.Tests.Orders;
using Shop.Tests.Outside;

namespace Shop.Tests.Fire;

/// <summary>A relay is killed between what it has sent and what it knows of that: the next one leaves nothing out.</summary>
[Collection<KafkaTests>]
public sealed class RelayKillTests(KafkaShop fixture)
{
    private const int Killed = 137;
    private const int Orders = 12;

    public static TheoryData<string> Places { get; } =
    [
        "a step handed over, the others not",
        "steps acknowledged, bookmark not kept",
        "bookmark kept, nothing else done",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Each_step_is_told_in_order_whatever_was_told_before(string place)
    {
        KafkaBroker.Need();
        var programs = await TestBuild.MadeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var topic = $"orders.{Guid.CreateVersion7():n}";
        await fixture.Broker.CreateAsync(topic);
        // The killed one lives in the time of the world, where these orders are not overdue. In whole seconds, as other tests of
        // this shop want it.
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        fixture.Shop.Clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(now));
        var saga = new Saga(fixture.Shop);
        var pot = await saga.StockedAsync(units: Orders);
        var orders = new List<OrderId>();
        for (var n = 0; n < Orders; n++)
        {
            orders.Add(await saga.PlacedAsync(Saga.Request((pot, 1))));
        }

        await saga.SettleAsync();
        var settings = new Dictionary<string, string>
        {
            ["SHOP_STOP_AT"] = place,
            ["ConnectionStrings__Shop"] = fixture.Shop.Postgres,
            ["ConnectionStrings__Redis"] = fixture.Shop.Redis,
            ["Jobs__Cluster"] = "false",
            ["Outside__Kafka"] = fixture.Broker.Address,
            ["Outside__Topics__Orders"] = topic,
        };
        using (var host = TownNode.Jobs(place, programs, settings))
        {
            await host.StartAsync(patience.Token);
            Assert.Equal(Killed, await host.EndAsync(patience.Token));
        }

        await using var next = await Relay.StartAsync(fixture.Shop, fixture.Broker.Address, topic);
        string[] wanted =
        [
            .. from order in orders
            from version in Enumerable.Range(1, 2)
            select Heard.IdOf(order.Value, version),
        ];
        var heard = await Heard.ReadAsync(fixture.Broker.Address, topic, wanted);
        Heard.InOrder(heard);
        Assert.Empty(heard.Select(one => one.Id).Except(wanted));
    }
}
