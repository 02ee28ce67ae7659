namespace Shop.GraphQL.Engine;

/// <summary>Every sentence the engine can log. Event ids 1000–1099; an id is never given a second meaning.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(
        1001,
        LogLevel.Information,
        "The schemas are ready: {ForShoppers} types for shoppers, {ForStaff} for staff"
    )]
    public static partial void SchemaReady(this ILogger log, int forShoppers, int forStaff);

    [LoggerMessage(1002, LogLevel.Error, "Field {Field} failed; the client was told trace {TraceId}")]
    public static partial void FieldFailed(this ILogger log, string? field, string? traceId, Exception fault);

    [LoggerMessage(1003, LogLevel.Warning, "Documents that clients have registered cannot be found or kept")]
    public static partial void DocumentsUnreachable(this ILogger log, Exception fault);

    [LoggerMessage(
        1004,
        LogLevel.Error,
        "Field {Field} was not served, as a store is away or has no room: {Reason}"
    )]
    public static partial void StoreAway(this ILogger log, string? field, string reason);

    [LoggerMessage(
        1005,
        LogLevel.Warning,
        "Field {Field} was not served, as other work was in its way: {Reason}"
    )]
    public static partial void OtherWorkFirst(this ILogger log, string? field, string reason);
}
