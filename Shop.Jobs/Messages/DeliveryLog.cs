using Microsoft.Extensions.Logging;

namespace Shop.Jobs.Messages;

/// <summary>What the delivery of messages logs. Event ids 3000–3099; an id is never given a second meaning.</summary>
/// <remarks>A sentence about one message has its <c>traceParent</c>, which puts the line into the trace of what caused it.</remarks>
internal static partial class DeliveryLog
{
    [LoggerMessage(
        3001,
        LogLevel.Warning,
        "Message {Topic} {MessageId} to {Receiver} failed on try {Attempt}; next try at {DueAt:o}"
    )]
    public static partial void DeliveryFailed(
        this ILogger log,
        string topic,
        long messageId,
        string receiver,
        int attempt,
        DateTimeOffset dueAt,
        string? traceParent,
        Exception fault
    );

    [LoggerMessage(
        3002,
        LogLevel.Error,
        "Message {Topic} {MessageId} to {Receiver} is parked as dead after {Attempts} tries"
    )]
    public static partial void MessageDead(
        this ILogger log,
        string topic,
        long messageId,
        string receiver,
        int attempts,
        string? traceParent,
        Exception fault
    );

    [LoggerMessage(
        3003,
        LogLevel.Warning,
        "A batch of {Count} messages {Topic} to {Receiver} failed; each is tried alone"
    )]
    public static partial void BatchFailed(
        this ILogger log,
        int count,
        string topic,
        string receiver,
        Exception fault
    );

    [LoggerMessage(
        3004,
        LogLevel.Warning,
        "Not listening to {Channel}; messages are found by the poll meanwhile"
    )]
    public static partial void BellLost(this ILogger log, string channel, Exception fault);

    [LoggerMessage(
        3007,
        LogLevel.Warning,
        "{Count} messages {Topic} to {Receiver} wait for a store that is away; next try at {DueAt:o}"
    )]
    public static partial void StoreAway(
        this ILogger log,
        int count,
        string topic,
        string receiver,
        DateTimeOffset dueAt,
        Exception fault
    );
}
