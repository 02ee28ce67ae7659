using Microsoft.Extensions.Logging;

namespace Shop.Data.Storage;

/// <summary>Every sentence Storage can log. Event ids 2000–2099; an id is never given a second meaning.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(
        2001,
        LogLevel.Warning,
        "The write positions of {Count} could not be kept in Redis; they may read what was true a moment ago"
    )]
    public static partial void PositionLost(this ILogger log, int count, Exception fault);

    [LoggerMessage(
        2002,
        LogLevel.Warning,
        "Changes could not be announced on {Channel}; subscribers read them when Redis is back"
    )]
    public static partial void NotAnnounced(this ILogger log, string channel, Exception fault);

    [LoggerMessage(
        2003,
        LogLevel.Warning,
        "This process holds no machine number, without which it makes no ids; PostgreSQL is asked again in a second"
    )]
    public static partial void NoMachineNumber(this ILogger log, Exception fault);

    [LoggerMessage(
        2004,
        LogLevel.Warning,
        "The tables lack what this build needs; the host waits until they have been migrated"
    )]
    public static partial void TablesAwaited(this ILogger log);
}
