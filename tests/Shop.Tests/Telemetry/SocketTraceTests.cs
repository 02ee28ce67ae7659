using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Shop.Data.Orders;
using Shop.Data.Orders.Keys;
using Shop.Data.Telemetry;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Shop.Tests.Transport.Http;
using StackExchange.Redis;

namespace Shop.Tests.Telemetry;

/// <summary>What a connection that stays open for hours adds to the traces of those who caused what is pushed over it.</summary>
public sealed class SocketTraceTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const int Events = 1_000;
    private const string Push = "push orderStatusChanged";

    [Fact]
    public async Task Of_a_thousand_events_each_has_a_span_of_its_own_below_its_click_and_none_is_longer()
    {
        var saga = new Saga(shop);
        var request = Saga.Request((await saga.StockedAsync(units: 1), 1));
        var order = await saga.PlacedAsync(request);
        var clicks = Enumerable
            .Range(0, Events)
            .Select(_ => new ActivityContext(
                ActivityTraceId.CreateRandom(),
                ActivitySpanId.CreateRandom(),
                ActivityTraceFlags.Recorded
            ))
            .ToList();
        await using var node = await ShopNode.StartAsync(shop);
        using var client = await SocketClient.OpenAsync(node.Address);
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);
        await client.SubscribeAsync(
            "1",
            $$"""
            subscription { orderStatusChanged(orderId: "{{GlobalId.Of(order)}}", accessKey: "{{AccessKey.Of(
                request.CartSecret,
                order
            ).Text}}") { version } }
            """
        );
        Assert.Contains("\"version\":1", await client.HearAsync(), StringComparison.Ordinal);

        foreach (var (n, click) in clicks.Index())
        {
            await shop.Get<OrderAnnouncements>().PublishAsync([Step(order, 2 + n, click)]);
            Assert.Contains($"\"version\":{2 + n}", await client.HearAsync(), StringComparison.Ordinal);
        }

        // The last one ends when the next is awaited.
        await Eventually.TrueAsync(() => Pushes().Count == Events);
        var pushes = Pushes();
        Assert.Equal(clicks.Select(click => click.TraceId), pushes.Select(span => span.TraceId));
        Assert.Equal(clicks.Select(click => click.SpanId), pushes.Select(span => span.ParentSpanId));
        Assert.All(
            pushes.Zip(pushes.Skip(1)),
            pair => Assert.True(pair.First.StartTimeUtc + pair.First.Duration <= pair.Second.StartTimeUtc)
        );

        List<Activity> Pushes()
        {
            var ours = clicks.Select(click => click.TraceId).ToHashSet();
            return [.. spans.Where(span => span.OperationName == Push && ours.Contains(span.TraceId))];
        }
    }

    [Fact]
    public async Task An_operation_on_a_socket_is_a_part_of_what_it_says_itself_and_not_of_its_connection()
    {
        await using var node = await ShopNode.StartAsync(shop);
        using var client = await SocketClient.OpenAsync(node.Address);
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);
        var click = new ActivityContext(
            ActivityTraceId.CreateRandom(),
            ActivitySpanId.CreateRandom(),
            ActivityTraceFlags.Recorded
        );

        await client.SendAsync(
            JsonSerializer.Serialize(
                new
                {
                    id = "1",
                    type = "subscribe",
                    payload = new
                    {
                        query = "{ __typename }",
                        extensions = new { traceparent = IdOf(click) },
                    },
                }
            )
        );
        await client.HearAsync();
        await client.HearAsync();

        var span = Assert.Single(spans, span => span.TraceId == click.TraceId);
        Assert.Equal("query other", span.DisplayName);
        Assert.Equal(click.SpanId, span.ParentSpanId);
    }

    [Fact]
    public async Task A_step_is_announced_with_its_trace_where_that_is_recorded_and_else_as_ever()
    {
        var order = new Data.Kernel.OrderId(7);
        var click = new ActivityContext(
            ActivityTraceId.CreateRandom(),
            ActivitySpanId.CreateRandom(),
            ActivityTraceFlags.Recorded
        );
        var heard = new ConcurrentQueue<string>();
        var redis = shop.Get<IConnectionMultiplexer>().GetSubscriber();
        await redis.SubscribeAsync(
            RedisChannel.Literal(OrderAnnouncements.Channel),
            (_, said) => heard.Enqueue($"{said}")
        );

        await shop.Get<OrderAnnouncements>().PublishAsync([Step(order, 2, click), Step(order, 3, null)]);

        await Eventually.TrueAsync(() => heard.Any(said => said.StartsWith("7 ", StringComparison.Ordinal)));
        var lines = heard.First(said => said.StartsWith("7 ", StringComparison.Ordinal)).Split('\n');
        Assert.EndsWith($" {IdOf(click)}", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines[1].Split(' ').Length);
        Assert.Equal(Step(order, 2, click), OrderAnnouncements.Read(order, lines[0][2..]));
        Assert.Equal(Step(order, 3, null), OrderAnnouncements.Read(order, lines[1][2..]));
    }

    private static OrderStatusChanged Step(Data.Kernel.OrderId order, int version, ActivityContext? click) =>
        new(order, OrderStatus.Pending, OrderStatus.Pending, version, ShopHost.Now)
        {
            TraceParent = click is { } known ? IdOf(known) : null,
        };

    private static string IdOf(ActivityContext click) => $"00-{click.TraceId}-{click.SpanId}-01";

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
