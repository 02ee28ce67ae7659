using Microsoft.Extensions.Logging;

namespace Shop.Jobs.Scheduling;

/// <summary>What the schedule logs. Event ids 3100–3199; an id is never given a second meaning.</summary>
internal static partial class ScheduleLog
{
    [LoggerMessage(
        3101,
        LogLevel.Warning,
        "The clock was set back, from {Before:o} to {Now:o}; every job begins anew"
    )]
    public static partial void ClockSetBack(this ILogger log, DateTimeOffset before, DateTimeOffset now);

    [LoggerMessage(3102, LogLevel.Warning, "The schedule cannot be changed now; tried again in a second")]
    public static partial void ScheduleAway(this ILogger log, Exception fault);
}
