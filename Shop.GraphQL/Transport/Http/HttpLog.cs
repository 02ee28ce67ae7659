namespace Shop.GraphQL.Transport.Http;

/// <summary>Every sentence the GraphQL endpoint can log. Event ids 1000–1999; an id is never given a second meaning.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(
        1000,
        LogLevel.Information,
        "The schemas are ready: {ForShoppers} types for shoppers, {ForStaff} for staff"
    )]
    public static partial void SchemaReady(this ILogger log, int forShoppers, int forStaff);

    [LoggerMessage(1001, LogLevel.Error, "Field {Field} failed; the client was told trace {TraceId}")]
    public static partial void FieldFailed(this ILogger log, string? field, string? traceId, Exception fault);

    [LoggerMessage(1002, LogLevel.Information, "A subscriber was let go: it did not read its events in time")]
    public static partial void SlowReader(this ILogger log);

    [LoggerMessage(1004, LogLevel.Warning, "Documents that clients have registered cannot be found or kept")]
    public static partial void DocumentsUnreachable(this ILogger log, Exception fault);

    [LoggerMessage(1003, LogLevel.Error, "A WebSocket broke on our side")]
    public static partial void SocketFailed(this ILogger log, Exception fault);

    [LoggerMessage(
        1005,
        LogLevel.Warning,
        "Changes cannot be heard on {Channel}; kept answers may be out of date"
    )]
    public static partial void ChangesUnheard(this ILogger log, string channel, Exception fault);
}
