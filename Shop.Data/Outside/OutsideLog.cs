using Microsoft.Extensions.Logging;

namespace Shop.Data.Outside;

/// <summary>Every sentence Outside can log. Event ids 2700–2799; an id is never given a second meaning.</summary>
internal static partial class OutsideLog
{
    [LoggerMessage(2701, LogLevel.Warning, "{Service} gave no answer that can be used: {Why}")]
    public static partial void NoAnswer(this ILogger log, string service, string why, Exception? fault);

    [LoggerMessage(
        2702,
        LogLevel.Warning,
        "An answer of {Service} could not be kept or looked up in Redis; it is asked for again"
    )]
    public static partial void NothingKept(this ILogger log, string service, Exception fault);
}
