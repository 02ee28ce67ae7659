using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Exporter;
using Shop.Data.Telemetry;

namespace Shop.Tests.Telemetry;

/// <summary>Spans that nobody takes cost a shop neither its memory nor its time: so many wait, the others are dropped, and all are counted.</summary>
public sealed class SpanQueueTests : IDisposable
{
    private const int Most = 1_000;
    private const int Ended = 20_000;

    private readonly ShopMeter _meter = new();
    private readonly MeterListener _counting = new();
    private readonly Dictionary<string, long> _counts = [];

    public SpanQueueTests()
    {
        _counting.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests count, too.
            if (instrument.Meter == _meter.Instruments && instrument.Name == "shop.traces.spans")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _counting.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                var outcome = (string)tags[0].Value!;
                lock (_counts)
                {
                    _counts[outcome] = _counts.GetValueOrDefault(outcome) + count;
                }
            }
        );
        _counting.Start();
    }

    [Fact]
    public void Where_nobody_listens_few_are_kept_and_what_becomes_of_each_is_counted()
    {
        using var sender = Sender();
        var queue = new SpanQueue(sender, Most);
        var unrecorded = new Activity("unrecorded").Start();
        unrecorded.Stop();
        for (var n = 0; n < Ended; n++)
        {
            var span = new Activity("span") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
            span.Stop();
            queue.OnEnd(span);
            queue.OnEnd(unrecorded);
            Assert.InRange(sender.Waiting, 0, Most);
        }

        queue.Shutdown();
        queue.Dispose();

        Assert.Equal(0, sender.Waiting);
        Assert.True(_counts["failed"] > 0);
        Assert.Equal(Ended, _counts.Values.Sum());
        Assert.DoesNotContain("sent", _counts.Keys);
    }

    [Fact]
    public void What_comes_on_top_of_those_that_wait_is_dropped()
    {
        using var sender = Sender();
        for (var n = 0; n < Most; n++)
        {
            Assert.True(sender.TryTake(Most));
        }

        Assert.False(sender.TryTake(Most));
        Assert.Equal(Most, sender.Waiting);
        Assert.Equal(1, _counts["dropped"]);
    }

    private SpanSender Sender() =>
        new(
            new()
            {
                Endpoint = new("http://127.0.0.1:1/v1/traces"),
                Protocol = OtlpExportProtocol.HttpProtobuf,
            },
            _meter
        );

    public void Dispose()
    {
        _counting.Dispose();
        _meter.Dispose();
    }
}
