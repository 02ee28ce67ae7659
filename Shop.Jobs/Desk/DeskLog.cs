using Microsoft.Extensions.Logging;

namespace Shop.Jobs.Desk;

/// <summary>What the operators' side of the jobs logs. Event ids 3200–3299; an id is never given a second meaning.</summary>
internal static partial class DeskLog
{
    [LoggerMessage(3201, LogLevel.Warning, "That {Job} has run could not be kept; operators do not see it")]
    public static partial void RunNotKept(this ILogger log, string job, Exception fault);

    [LoggerMessage(3202, LogLevel.Information, "{Job} runs now, because customer {Actor} asked for it")]
    public static partial void JobTriggered(this ILogger log, string job, long actor);

    [LoggerMessage(
        3203,
        LogLevel.Warning,
        "How messages and replicas do cannot be asked; metrics are without them until the next look"
    )]
    public static partial void StoresNotSeen(this ILogger log, Exception fault);
}
