using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Shop.Data.Telemetry;

/// <summary>
/// Keeps what goes wrong a thousand times from being said a thousand times. Of warnings and errors with the same id, one a
/// second is written; the next line says how many more there were. The stack of a fault is written once a minute, and that of an
/// outage never; else a line has its type and message.
/// </summary>
internal sealed class QuietLogger(ILogger log, Func<Exception, bool> isOutage, TimeProvider clock) : ILogger
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(int Id, Type? Fault), Repetition> _repetitions = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => log.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!log.IsEnabled(logLevel))
        {
            return;
        }

        if (logLevel < LogLevel.Warning)
        {
            log.Log(logLevel, eventId, state, exception, formatter);
            return;
        }

        var repetition = _repetitions.GetOrAdd((eventId.Id, exception?.GetType()), _ => new());
        lock (repetition)
        {
            if (repetition.Waiting is not null)
            {
                repetition.Count++;
                repetition.Latest = () => Line(state, exception, formatter);
                return;
            }

            repetition.Waiting = clock.CreateTimer(
                _ => Tell(logLevel, eventId, repetition),
                null,
                _second,
                Timeout.InfiniteTimeSpan
            );
        }

        if (exception is null || (!isOutage(exception) && repetition.TakesStack(clock, _minute)))
        {
            log.Log(logLevel, eventId, state, exception, formatter);
        }
        else
        {
            log.Log(logLevel, eventId, state, null, (said, _) => Line(said, exception, formatter));
        }
    }

    private static string Line<TState>(
        TState state,
        Exception? fault,
        Func<TState, Exception?, string> formatter
    ) =>
        fault is null
            ? formatter(state, null)
            : $"{formatter(state, fault)}: {fault.GetType().Name}: {fault.Message}";

    // A second without another ends it; one with others begins the next second.
    private void Tell(LogLevel level, EventId id, Repetition repetition)
    {
        // The timer runs in the trace of the first; those it tells of had others.
        Activity.Current = null;
        string line;
        lock (repetition)
        {
            if (repetition.Count == 0)
            {
                repetition.Waiting?.Dispose();
                repetition.Waiting = null;
                return;
            }

            line = $"{repetition.Latest?.Invoke()} ({repetition.Count} of these within a second)";
            (repetition.Count, repetition.Latest) = (0, null);
            repetition.Waiting?.Change(_second, Timeout.InfiniteTimeSpan);
        }

        log.Log(level, id, line, null, (said, _) => said);
    }

    private sealed class Repetition
    {
        private long? _stackAt;

        /// <summary>Runs for a second after each line; null where nothing was written for as long.</summary>
        public ITimer? Waiting { get; set; }

        /// <summary>How many came meanwhile.</summary>
        public int Count { get; set; }

        /// <summary>The last of them.</summary>
        public Func<string>? Latest { get; set; }

        public bool TakesStack(TimeProvider clock, TimeSpan pause)
        {
            if (_stackAt is { } at && clock.GetElapsedTime(at) < pause)
            {
                return false;
            }

            _stackAt = clock.GetTimestamp();
            return true;
        }
    }
}
