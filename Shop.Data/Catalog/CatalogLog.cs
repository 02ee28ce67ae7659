using Microsoft.Extensions.Logging;

namespace Shop.Data.Catalog;

/// <summary>Every sentence Catalog can log. Event ids 2200–2299; an id is never given a second meaning.</summary>
internal static partial class CatalogLog
{
    [LoggerMessage(2201, LogLevel.Warning, "Import {Import} was taken over by another worker")]
    public static partial void ImportTakenOver(this ILogger log, long import);

    [LoggerMessage(
        2202,
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

    [LoggerMessage(2203, LogLevel.Error, "Import {Import} failed for good after {Attempts} tries")]
    public static partial void ImportFailed(this ILogger log, long import, int attempts, Exception fault);

    [LoggerMessage(
        2204,
        LogLevel.Warning,
        "Import {Import} leaves out the product {Code}: the database refuses it"
    )]
    public static partial void ImportRowsRefused(this ILogger log, long import, string code, Exception fault);

    [LoggerMessage(
        2205,
        LogLevel.Warning,
        "New keys of the catalogue could not be told to all nodes; it is tried again with their message"
    )]
    public static partial void KeysNotTold(this ILogger log, Exception fault);
}
