namespace Shop.GraphQL.Host;

/// <summary>Every sentence the host can log. Event ids 1200–1299; an id is never given a second meaning.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1201, LogLevel.Error, "PostgreSQL's {Server} is gone; it is started again")]
    public static partial void ServerGone(this ILogger log, string server);

    [LoggerMessage(1202, LogLevel.Warning, "PostgreSQL's {Server} is back, on try {Try}")]
    public static partial void ServerBack(this ILogger log, string server, int @try);

    [LoggerMessage(
        1203,
        LogLevel.Critical,
        "{Reason} It is tried again, ever more seldom but at least once a minute"
    )]
    public static partial void ServerStaysAway(this ILogger log, string reason);

    [LoggerMessage(
        1204,
        LogLevel.Error,
        "The embedded Redis takes no writes; it is opened again when there is room"
    )]
    public static partial void RedisStopped(this ILogger log);

    [LoggerMessage(1205, LogLevel.Warning, "The embedded Redis is back")]
    public static partial void RedisBack(this ILogger log);
}
