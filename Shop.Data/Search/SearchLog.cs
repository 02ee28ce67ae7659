using Microsoft.Extensions.Logging;

namespace Shop.Data.Search;

/// <summary>Every sentence Search can log. Event ids 2600–2699; an id is never given a second meaning.</summary>
public static partial class SearchLog
{
    [LoggerMessage(
        2601,
        LogLevel.Warning,
        "The index has {Skus} SKUs, more than Search:MaxSkus: each search reads from PostgreSQL what it sorts and counts"
    )]
    public static partial void TooManySkus(this ILogger log, int skus);

    [LoggerMessage(2602, LogLevel.Error, "What has changed in the index cannot be read; it is tried again")]
    public static partial void NotFollowed(this ILogger log, Exception fault);
}
