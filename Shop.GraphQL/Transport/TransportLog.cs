namespace Shop.GraphQL.Transport;

/// <summary>Every sentence the transports can log. Event ids 1100–1199; an id is never given a second meaning.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(1101, LogLevel.Information, "A subscriber was let go: it did not read its events in time")]
    public static partial void SlowReader(this ILogger log);

    [LoggerMessage(1102, LogLevel.Error, "A WebSocket broke on our side")]
    public static partial void SocketFailed(this ILogger log, Exception fault);

    [LoggerMessage(
        1103,
        LogLevel.Warning,
        "Changes cannot be heard on {Channel}; kept answers may be out of date"
    )]
    public static partial void ChangesUnheard(this ILogger log, string channel, Exception fault);

    [LoggerMessage(
        1104,
        LogLevel.Error,
        "An operation could not be answered; the client was told trace {TraceId}"
    )]
    public static partial void OperationFailed(this ILogger log, string? traceId, Exception fault);

    [LoggerMessage(1105, LogLevel.Error, "A request failed; the client was told trace {TraceId}")]
    public static partial void RequestFailed(this ILogger log, string? traceId, Exception fault);
}
