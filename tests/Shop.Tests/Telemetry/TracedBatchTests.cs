using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Data.Orders;
using Shop.Data.Telemetry;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Telemetry;

/// <summary>Messages of many clicks that are delivered at once, of which few are recorded.</summary>
public sealed class TracedBatchTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const int Messages = 500;
    private const int RecordEach = 100;
    private const string Delivery = "process inventory.deduct";

    [Fact]
    public async Task Each_recorded_click_has_a_span_and_what_is_done_for_all_is_done_and_told_once()
    {
        var saga = new Saga(shop);
        var pot = await saga.StockedAsync(units: Messages);
        var clicks = new HashSet<ActivityTraceId>();
        for (var n = 0; n < Messages; n++)
        {
            using var click = new Activity("click")
            {
                ActivityTraceFlags =
                    n % RecordEach == 0 ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
            }.Start();
            if (click.Recorded)
            {
                clicks.Add(click.TraceId);
            }

            await saga.PlacedAsync(Saga.Request((pot, 1)));
        }

        var spans = new ConcurrentQueue<Activity>();
        using (Listen(spans))
        {
            Assert.Equal(Messages, await saga.DeliverAsync<OrdersDb>());
        }

        var ours = spans.Where(span => clicks.Contains(span.TraceId)).ToList();
        var deliveries = ours.Where(span => span.OperationName == Delivery).ToList();
        Assert.Equal(clicks, deliveries.Select(span => span.TraceId).ToHashSet());
        Assert.Equal(Messages / RecordEach, deliveries.Count);
        var first = Assert.Single(deliveries, span => !span.Links.Any());
        Assert.All(
            deliveries.Except([first]),
            span => Assert.Equal(first.Context, Assert.Single(span.Links).Context)
        );
        // A server is asked for its role once a second, in whichever command comes along then.
        var statements = ours.Where(span =>
                span.Source.Name == "Npgsql" && !span.DisplayName.Contains("SHOW", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.Equal(first.SpanId, statement.ParentSpanId));
        Assert.Distinct(statements.Select(statement => statement.DisplayName));
    }

    // As a shop records: what hangs below what is recorded.
    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Traces.Name or "Npgsql",
            Sample = (ref options) =>
                options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
