using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Telemetry;

namespace Shop.Tests.Telemetry;

/// <summary>What goes wrong often is said once, and counted.</summary>
public sealed class QuietLoggerTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _lines = [];
    private readonly QuietLogger _log;

    public QuietLoggerTests() =>
        _log = new QuietLogger(new Lines(_lines), fault => fault is TimeoutException, _clock);

    [Fact]
    public void A_thousand_faults_of_one_id_are_a_line_a_second_and_a_count()
    {
        for (var n = 1; n <= 1000; n++)
        {
            Fail(n);
        }

        _clock.Advance(_second);
        Fail(1001);
        _clock.Advance(_second);
        _clock.Advance(_second);
        Fail(1002);

        Assert.Equal(
            [
                "7 order 1 failed + stack",
                "7 order 1000 failed: IOException: the disk is full (999 of these within a second)",
                "7 order 1001 failed: IOException: the disk is full (1 of these within a second)",
                "7 order 1002 failed: IOException: the disk is full",
            ],
            _lines
        );
    }

    [Fact]
    public void A_stack_is_written_once_a_minute()
    {
        for (var seconds = 0; seconds <= 60; seconds += 10)
        {
            Fail(seconds);
            _clock.Advance(10 * _second);
        }

        Assert.Equal(2, _lines.Count(line => line.EndsWith("+ stack", StringComparison.Ordinal)));
        Assert.Equal(7, _lines.Count);
    }

    [Fact]
    public void The_stack_of_an_outage_is_not_written()
    {
        Say(LogLevel.Error, 7, "nobody answers", new TimeoutException("gone"));

        Assert.Equal(["7 nobody answers: TimeoutException: gone"], _lines);
    }

    [Fact]
    public void Other_ids_other_faults_and_mere_information_are_not_held_back()
    {
        Fail(1);
        Say(LogLevel.Error, 7, "another fault", new InvalidOperationException());
        Say(LogLevel.Error, 8, "another id");
        Say(LogLevel.Information, 9, "one");
        Say(LogLevel.Information, 9, "two");

        Assert.Equal(5, _lines.Count);
    }

    private void Fail(int order) =>
        Say(LogLevel.Error, 7, $"order {order} failed", new IOException("the disk is full"));

    private void Say(LogLevel level, int id, string text, Exception? fault = null) =>
        _log.Log(level, new EventId(id), text, fault, (said, _) => said);

    private sealed class Lines(List<string> lines) : ILogger
    {
        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Add($"{eventId.Id} {formatter(state, exception)}{(exception is null ? "" : " + stack")}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
