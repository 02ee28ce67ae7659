namespace Shop.GraphQL.Http;

/// <summary>Every sentence the GraphQL endpoint can log. Event ids 1000–1999; an id is never given a second meaning.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(1000, LogLevel.Information, "The schema is ready: {Types} types")]
    public static partial void SchemaReady(this ILogger log, int types);

    [LoggerMessage(
        1100,
        LogLevel.Warning,
        "Order {OrderId} was placed, but its lines could not be taken out of the cart"
    )]
    public static partial void CartNotCleared(this ILogger log, long orderId, Exception fault);
}
