using Microsoft.Extensions.Logging;

namespace Shop.Jobs.Outside;

/// <summary>What the relay to others outside logs. Event ids 3300–3399; an id is never given a second meaning.</summary>
internal static partial class RelayLog
{
    [LoggerMessage(
        3301,
        LogLevel.Warning,
        "The relay to {Topic} was interrupted; it goes on in a second from where it was"
    )]
    public static partial void RelayInterrupted(this ILogger log, string topic, Exception fault);

    [LoggerMessage(
        3302,
        LogLevel.Error,
        "The relay to {Topic} stands still: the database was put back or failed over. Staff has to say from where: feedRestart"
    )]
    public static partial void RelayStopped(this ILogger log, string topic, Exception fault);

    [LoggerMessage(3303, LogLevel.Warning, "Kafka: {Reason}")]
    public static partial void KafkaFails(this ILogger log, string reason);

    [LoggerMessage(3304, LogLevel.Debug, "{Said}")]
    public static partial void KafkaSays(this ILogger log, string said);
}
