using System.Diagnostics;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Load.Bench.Events;
using Shop.Tests.Architecture;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Outside;

/// <summary>The steps of orders, as others read them in Kafka.</summary>
[Collection<KafkaTests>]
public sealed class KafkaRelayTests(KafkaShop fixture)
{
    // Of Kafka's protocol: not the leader any more, timed out, too few copies.
    private static readonly int[] _faults = [6, 7, 19, 6, 7];

    private readonly ShopFixture _shop = fixture.Shop;
    private readonly Saga _saga = new(fixture.Shop);

    [Fact]
    public async Task A_step_is_an_event_with_an_id_for_ever_and_nothing_of_a_person()
    {
        var topic = await TopicAsync();
        var pot = await _saga.StockedAsync(units: 5);
        var order = await _saga.PlacedAsync(Saga.Request((pot, 2)));
        await _saga.SettleAsync();

        var heard = (await HeardAsync(topic, [(order, 2)]))
            .Where(one => one.Key == $"{order.Value}")
            .ToList();

        var placed = heard.Single(one => one.Version == 1);
        Assert.Equal($"orders/{order.Value}/1", placed.Id);
        Assert.Equal("1.0", placed.Headers["ce_specversion"]);
        Assert.Equal("shop.order.status_changed.v1", placed.Headers["ce_type"]);
        Assert.Equal("application/json", placed.Headers["content-type"]);
        Assert.Equal(placed.Headers["ce_time"], placed.Body.GetProperty("at").GetString());
        var stored = await _saga.OrderAsync(order);
        Assert.Equal(
            $$"""
            {"orderId":"{{order.Value}}","number":"{{stored.Number}}","version":1,"from":null,"to":"PENDING","at":"{{_shop.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.ffffffZ}}","total":"5.00","currency":"GBP","lines":[{"sku":"SKU-{{pot.Value}}","title":"Tea pot","quantity":2,"unitPrice":"2.50"}]}
            """,
            placed.Body.GetRawText()
        );
        var held = heard.Single(one => one.Version == 2);
        Assert.Equal("PENDING", held.Body.GetProperty("from").GetString());
        Assert.Equal("AWAITING_PAYMENT", held.Body.GetProperty("to").GetString());
        Assert.All(heard, one => Promised(one.Body));
    }

    [Fact]
    public async Task A_broker_that_is_killed_gets_all_that_happened_meanwhile_in_order()
    {
        var topic = await TopicAsync();
        await using var relay = await Relay.StartAsync(_shop, fixture.Broker.Address, topic);
        var before = await PlacedAsync(20);
        await Heard.ReadAsync(fixture.Broker.Address, topic, Ids(before, versions: 1));

        await fixture.Broker.KillAsync();
        var meanwhile = await PlacedAsync(20);
        await _saga.SettleAsync();
        await fixture.Broker.StartAsync();

        Heard.InOrder(
            await Heard.ReadAsync(fixture.Broker.Address, topic, Ids([.. before, .. meanwhile], versions: 2))
        );
    }

    [Fact]
    public async Task Of_two_relays_one_works_and_the_other_goes_on_where_it_was()
    {
        var topic = await TopicAsync();
        var first = await Relay.StartAsync(_shop, fixture.Broker.Address, topic);
        var early = await PlacedAsync(3);
        await Heard.ReadAsync(fixture.Broker.Address, topic, Ids(early, versions: 1));
        await using var second = await Relay.StartAsync(_shop, fixture.Broker.Address, topic);
        var both = await PlacedAsync(3);
        await Heard.ReadAsync(fixture.Broker.Address, topic, Ids(both, versions: 1));

        await first.DisposeAsync();
        var late = await PlacedAsync(3);
        var heard = await Heard.ReadAsync(
            fixture.Broker.Address,
            topic,
            Ids([.. early, .. both, .. late], versions: 1)
        );

        Assert.Distinct(heard.Select(one => one.Id));
    }

    [Fact]
    public async Task Three_brokers_that_fail_and_are_all_away_for_a_while_lose_and_double_nothing()
    {
        var topic = $"orders.{Guid.CreateVersion7():n}";
        using var cluster = new MockCluster(topic);
        await using var relay = await Relay.StartAsync(_shop, cluster.Address, topic);
        var orders = await PlacedAsync(10);
        await Heard.ReadAsync(cluster.Address, topic, Ids(orders, versions: 1));

        cluster.Fail(_faults);
        orders.AddRange(await PlacedAsync(20));
        cluster.SetDown();
        orders.AddRange(await PlacedAsync(20));
        await _saga.SettleAsync();
        cluster.SetUp();

        var heard = await Heard.ReadAsync(cluster.Address, topic, Ids(orders, versions: 2));
        Heard.InOrder(heard);
        Assert.Distinct(heard.Select(one => one.Id));
    }

    [Fact]
    public async Task An_event_has_the_trace_of_what_caused_it_where_that_was_recorded()
    {
        var topic = await TopicAsync();
        var pot = await _saga.StockedAsync(units: 3);
        var (request, other) = (Saga.Request((pot, 1)), Saga.Request((pot, 1)));
        var (bought, click) = await ClickedAsync(
            ActivityTraceFlags.Recorded,
            () => _saga.PlacedAsync(request)
        );
        var (quiet, _) = await ClickedAsync(ActivityTraceFlags.None, () => _saga.PlacedAsync(other));
        // Both at once: a batch works for many clicks.
        await _saga.SettleAsync();
        var (_, regret) = await ClickedAsync(
            ActivityTraceFlags.Recorded,
            () => _saga.CancelAsync(request, bought)
        );

        var heard = await HeardAsync(topic, [(bought, 3), (quiet, 2)]);

        Assert.Equal([click, click, regret], TracesOf(bought, "traceparent"));
        Assert.Equal([click, click, regret], TracesOf(bought, "ce_traceparent"));
        Assert.Equal([null, null], TracesOf(quiet, "traceparent"));

        IEnumerable<string?> TracesOf(OrderId order, string header) =>
            heard
                .Where(one => one.Key == $"{order.Value}")
                .OrderBy(one => one.Version)
                .Select(one => one.Headers.GetValueOrDefault(header));
    }

    private static async Task<(T Result, string TraceParent)> ClickedAsync<T>(
        ActivityTraceFlags flags,
        Func<Task<T>> act
    )
    {
        using var click = new Activity("click") { ActivityTraceFlags = flags }.Start();
        return (await act(), click.Id!);
    }

    private async Task<string> TopicAsync()
    {
        KafkaBroker.Need();
        var topic = $"orders.{Guid.CreateVersion7():n}";
        await fixture.Broker.CreateAsync(topic);
        return topic;
    }

    private async Task<IReadOnlyList<Heard>> HeardAsync(
        string topic,
        params IEnumerable<(OrderId Order, int Version)> wanted
    )
    {
        await using var relay = await Relay.StartAsync(_shop, fixture.Broker.Address, topic);
        return await Heard.ReadAsync(
            fixture.Broker.Address,
            topic,
            [.. wanted.Select(step => Heard.IdOf(step.Order.Value, step.Version))]
        );
    }

    private async Task<List<OrderId>> PlacedAsync(int orders)
    {
        var pot = await _saga.StockedAsync(units: orders);
        return
        [
            .. await Task.WhenAll(
                Enumerable.Range(0, orders).Select(_ => _saga.PlacedAsync(Saga.Request((pot, 1))))
            ),
        ];
    }

    private static string[] Ids(IEnumerable<OrderId> orders, int versions) =>
        [
            .. from order in orders
            from version in Enumerable.Range(1, versions)
            select Heard.IdOf(order.Value, version),
        ];

    // Its members are those of the schema, at each level, in whatever number.
    private static void Promised(JsonElement body)
    {
        using var schema = JsonDocument.Parse(
            File.ReadAllText(
                Path.Combine(Papers.Root, "schema", "events", "shop.order.status_changed.v1.json")
            )
        );
        Same(schema.RootElement, body);
        Same(
            schema.RootElement.GetProperty("properties").GetProperty("lines").GetProperty("items"),
            body.GetProperty("lines")[0]
        );

        static void Same(JsonElement told, JsonElement sent)
        {
            var names = sent.EnumerateObject().Select(member => member.Name).ToList();
            Assert.Equal(told.GetProperty("properties").EnumerateObject().Select(each => each.Name), names);
            Assert.Equal(
                told.GetProperty("required").EnumerateArray().Select(each => each.GetString()),
                names
            );
        }
    }
}
