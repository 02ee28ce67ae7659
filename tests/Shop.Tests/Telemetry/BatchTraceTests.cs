using System.Diagnostics;
using Shop.Data.Telemetry;

namespace Shop.Tests.Telemetry;

/// <summary>What work that is done at once for many clicks adds to their traces.</summary>
public sealed class BatchTraceTests : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;
    private readonly ActivityTraceId _first = ActivityTraceId.CreateRandom();

    public BatchTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            // Other tests work meanwhile.
            ActivityStopped = span =>
            {
                if (span.OperationName == Name)
                {
                    _spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static string Name => "process tests.batch";

    [Fact]
    public void Five_of_five_hundred_have_a_span_each_and_what_is_done_hangs_below_the_first()
    {
        var before = Activity.Current;
        var clicks = Enumerable
            .Range(0, 500)
            .Select(number => new BatchPart(
                number switch
                {
                    0 => null,
                    7 => Click(_first, "01"),
                    _ when number % 100 == 50 && number < 400 => Click(ActivityTraceId.CreateRandom(), "01"),
                    _ => Click(ActivityTraceId.CreateRandom(), "00"),
                },
                number
            ))
            .ToList();
        ActivityTraceId? done;
        using (BatchTrace.Begin(Name, clicks))
        {
            done = Activity.Current?.TraceId;
        }

        Assert.Equal(_first, done);
        Assert.Same(before, Activity.Current);
        Assert.Equal(5, _spans.Count);
        Assert.Equal(5, _spans.Select(span => span.TraceId).Distinct().Count());
        Assert.Equal(
            Enumerable.Repeat(_spans[0].SpanId, 4),
            _spans.SelectMany(span => span.Links).Select(link => link.Context.SpanId)
        );
        Assert.Equal(
            [7L, 50L, 150L, 250L, 350L],
            _spans.Select(span => span.GetTagItem("messaging.message.id")).Order()
        );
    }

    [Fact]
    public void Where_no_click_is_recorded_there_is_no_span() =>
        Assert.Null(
            BatchTrace.Begin(Name, [new(null), new("what is no trace"), new(Click(_first, "00"), Message: 7)])
        );

    public void Dispose() => _listener.Dispose();

    private static string Click(ActivityTraceId trace, string flags) =>
        $"00-{trace}-{ActivitySpanId.CreateRandom()}-{flags}";
}
