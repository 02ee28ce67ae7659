using Microsoft.Extensions.Logging;

namespace Shop.Jobs;

/// <summary>Every sentence the jobs can log. Event ids 3000–3999; an id is never given a second meaning.</summary>
internal static partial class JobLog
{
    [LoggerMessage(
        3001,
        LogLevel.Warning,
        "Message {Topic} {MessageId} failed on try {Attempt}; next try at {DueAt:o}"
    )]
    public static partial void DeliveryFailed(
        this ILogger log,
        string topic,
        long messageId,
        int attempt,
        DateTimeOffset dueAt,
        Exception fault
    );

    [LoggerMessage(
        3002,
        LogLevel.Error,
        "Message {Topic} {MessageId} is parked as dead after {Attempts} tries"
    )]
    public static partial void MessageDead(
        this ILogger log,
        string topic,
        long messageId,
        int attempts,
        Exception fault
    );

    [LoggerMessage(3003, LogLevel.Warning, "A batch of {Count} messages {Topic} failed; each is tried alone")]
    public static partial void BatchFailed(this ILogger log, string topic, int count, Exception fault);

    [LoggerMessage(
        3004,
        LogLevel.Warning,
        "Not listening to {Channel}; messages are found by the poll meanwhile"
    )]
    public static partial void BellLost(this ILogger log, string channel, Exception fault);

    [LoggerMessage(
        3005,
        LogLevel.Warning,
        "The clock was set back, from {Before:o} to {Now:o}; every job begins anew"
    )]
    public static partial void ClockSetBack(this ILogger log, DateTimeOffset before, DateTimeOffset now);

    [LoggerMessage(
        3007,
        LogLevel.Warning,
        "{Count} messages {Topic} wait for a store that is away; next try at {DueAt:o}"
    )]
    public static partial void StoreAway(
        this ILogger log,
        int count,
        string topic,
        DateTimeOffset dueAt,
        Exception fault
    );

    [LoggerMessage(3006, LogLevel.Warning, "The schedule cannot be changed now; tried again in a second")]
    public static partial void ScheduleAway(this ILogger log, Exception fault);

    [LoggerMessage(3008, LogLevel.Warning, "That {Job} has run could not be kept; operators do not see it")]
    public static partial void RunNotKept(this ILogger log, string job, Exception fault);

    [LoggerMessage(3009, LogLevel.Information, "{Job} runs now, because customer {Actor} asked for it")]
    public static partial void JobTriggered(this ILogger log, string job, long actor);
}
