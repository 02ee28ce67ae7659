using Microsoft.Extensions.Logging;

namespace Shop.Data.Storage;

/// <summary>Every sentence Shop.Data can log. Event ids 2000–2999; an id is never given a second meaning.</summary>
internal static partial class DataLog
{
    [LoggerMessage(2001, LogLevel.Warning, "A batch of {Count} placements was refused; each is tried alone")]
    public static partial void BatchRefused(this ILogger log, int count, Exception refusal);

    [LoggerMessage(
        2002,
        LogLevel.Warning,
        "{Count} order statuses could not be announced; subscribers read them when Redis is back"
    )]
    public static partial void NotAnnounced(this ILogger log, int count, Exception fault);

    [LoggerMessage(
        2003,
        LogLevel.Warning,
        "The write positions of {Count} could not be kept in Redis; they may read what was true a moment ago"
    )]
    public static partial void PositionLost(this ILogger log, int count, Exception fault);

    [LoggerMessage(
        2004,
        LogLevel.Warning,
        "Moves of {Count} SKUs could not be announced; subscribers read them when Redis is back"
    )]
    public static partial void StockNotAnnounced(this ILogger log, int count, Exception fault);

    [LoggerMessage(
        2005,
        LogLevel.Warning,
        "A change of the catalogue could not be announced; kept answers show it some seconds later"
    )]
    public static partial void CatalogNotAnnounced(this ILogger log, Exception fault);

    [LoggerMessage(2006, LogLevel.Warning, "Import {Import} was taken over by another worker")]
    public static partial void ImportTakenOver(this ILogger log, long import);

    [LoggerMessage(
        2007,
        LogLevel.Warning,
        "Import {Import} could not go on, on try {Attempt}; next try at {DueAt:o}"
    )]
    public static partial void ImportPutBack(
        this ILogger log,
        long import,
        int attempt,
        DateTimeOffset dueAt,
        Exception fault
    );

    [LoggerMessage(2008, LogLevel.Error, "Import {Import} failed for good after {Attempts} tries")]
    public static partial void ImportFailed(this ILogger log, long import, int attempts, Exception fault);

    [LoggerMessage(
        2009,
        LogLevel.Warning,
        "Progress of an import could not be announced; whoever watches it reads it when Redis is back"
    )]
    public static partial void ImportNotAnnounced(this ILogger log, Exception fault);

    [LoggerMessage(
        2050,
        LogLevel.Warning,
        "Session {SessionId} of customer {CustomerId} was ended: a refresh token came a second time, so two have it"
    )]
    public static partial void TokenReused(this ILogger log, long sessionId, long customerId);
}
