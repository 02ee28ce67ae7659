using Microsoft.Extensions.Logging;

namespace Shop.Data.Search;

/// <summary>Every sentence Search can log. Event ids 2600–2699; an id is never given a second meaning.</summary>
internal static partial class SearchLog
{
    [LoggerMessage(
        2601,
        LogLevel.Warning,
        "The index has {Skus} SKUs, more than Search:MaxSkus: each search reads from PostgreSQL what it sorts and counts"
    )]
    public static partial void TooManySkus(this ILogger log, int skus);
}
