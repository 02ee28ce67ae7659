using Microsoft.Extensions.Logging;

namespace Shop.Data.Payments;

/// <summary>Every sentence Payments can log. Event ids 2500–2599; an id is never given a second meaning. None has a secret.</summary>
internal static partial class PaymentsLog
{
    [LoggerMessage(2500, LogLevel.Warning, "Account {Account} had no answer to {Verb}: {Why}")]
    public static partial void NoAnswer(
        this ILogger log,
        string account,
        string verb,
        string why,
        Exception? cause
    );

    [LoggerMessage(2501, LogLevel.Warning, "A notice for account {Account} is refused: {Why}")]
    public static partial void Forged(this ILogger log, string account, string why);

    [LoggerMessage(
        2502,
        LogLevel.Warning,
        "Account {Account} tells of {OutNo}, which the shop does not know"
    )]
    public static partial void Orphan(this ILogger log, string account, string outNo);

    [LoggerMessage(2503, LogLevel.Error, "Payment {Payment} came otherwise than asked for: {What}")]
    public static partial void Mismatch(this ILogger log, long payment, string what);

    [LoggerMessage(
        2504,
        LogLevel.Warning,
        "Redis has not told of a token within its time; PostgreSQL decides"
    )]
    public static partial void TokenNotLookedUp(this ILogger log, Exception fault);

    [LoggerMessage(2505, LogLevel.Error, "Payment {Payment} can't be looked after")]
    public static partial void NotChecked(this ILogger log, long payment, Exception fault);

    [LoggerMessage(2506, LogLevel.Error, "Refund {Refund} can't be looked after")]
    public static partial void RefundNotSent(this ILogger log, long refund, Exception fault);

    [LoggerMessage(2507, LogLevel.Error, "Refund {Refund} needs a person: {Code}")]
    public static partial void RefundStuck(this ILogger log, long refund, string code);

    [LoggerMessage(2508, LogLevel.Warning, "The bill of account {Account} of {Day} can't be used: {Why}")]
    public static partial void BillBroken(this ILogger log, string account, DateOnly day, string why);

    [LoggerMessage(
        2509,
        LogLevel.Warning,
        "A key of account {Account} ends at {ExpiresAt}: put the next one beside it"
    )]
    public static partial void KeyEnding(this ILogger log, string account, DateTimeOffset expiresAt);
}
