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

    [LoggerMessage(2603, LogLevel.Warning, "{Index} of Elasticsearch waits for what has changed: {Why}")]
    public static partial void NotFed(this ILogger log, string index, string why);

    [LoggerMessage(
        2604,
        LogLevel.Error,
        "{Index} of Elasticsearch is not searched any more; another one is built: {Why}"
    )]
    public static partial void IndexLost(this ILogger log, string index, string why);

    [LoggerMessage(2605, LogLevel.Error, "{Index} of Elasticsearch could not be built: {Why}")]
    public static partial void RebuildFailed(this ILogger log, string index, string why);

    [LoggerMessage(
        2606,
        LogLevel.Information,
        "{Index} of Elasticsearch is searched from now on; it has {Products} products"
    )]
    public static partial void IndexLive(this ILogger log, string index, long products);
}
