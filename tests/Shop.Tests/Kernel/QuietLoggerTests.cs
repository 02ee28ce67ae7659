using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Kernel;

namespace Shop.Tests.Kernel;

/// <summary>What goes wrong often is said once, and counted.</summary>
[SuppressMessage("Performance", "CA1848", Justification = "It is the logger that is tested.")]
public sealed class QuietLoggerTests : ILogger
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _lines = [];
    private readonly ILogger _log;

    public QuietLoggerTests() => _log = new QuietLogger(this, fault => fault is TimeoutException, _clock);

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
        _log.LogError(new EventId(7), new TimeoutException("gone"), "nobody answers");

        Assert.Equal(["7 nobody answers: TimeoutException: gone"], _lines);
    }

    [Fact]
    public void Other_ids_other_faults_and_mere_information_are_not_held_back()
    {
        Fail(1);
        _log.LogError(new EventId(7), new InvalidOperationException(), "another fault");
        _log.LogError(new EventId(8), "another id");
        _log.LogInformation(new EventId(9), "one");
        _log.LogInformation(new EventId(9), "two");

        Assert.Equal(5, _lines.Count);
    }

    void ILogger.Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Add($"{eventId.Id} {formatter(state, exception)}{(exception is null ? "" : " + stack")}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private void Fail(int order) =>
        _log.LogError(new EventId(7), new IOException("the disk is full"), "order {Order} failed", order);
}
