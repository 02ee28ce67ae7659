using Microsoft.Extensions.Logging;

namespace Shop.Data.Cache;

/// <summary>Every sentence Cache can log. Event ids 2800–2899; an id is never given a second meaning.</summary>
public static partial class CacheLog
{
    [LoggerMessage(
        2801,
        LogLevel.Warning,
        "A change of the catalogue could not be told to all caches; it is tried again with its message"
    )]
    public static partial void FloorNotRaised(this ILogger log, Exception fault);

    [LoggerMessage(2802, LogLevel.Warning, "Changes of the catalogue are not heard for a moment")]
    public static partial void FloorsUnheard(this ILogger log, Exception fault);

    [LoggerMessage(2803, LogLevel.Warning, "New keys of the catalogue are not heard for a moment")]
    public static partial void KeysUnheard(this ILogger log, Exception fault);

    [LoggerMessage(
        2804,
        LogLevel.Warning,
        "The keys of the catalogue could not be read; until they are, unknown ones are looked up"
    )]
    public static partial void KeysUnread(this ILogger log, Exception fault);
}
