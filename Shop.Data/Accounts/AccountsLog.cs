using Microsoft.Extensions.Logging;

namespace Shop.Data.Accounts;

/// <summary>Every sentence Accounts can log. Event ids 2300–2399; an id is never given a second meaning.</summary>
internal static partial class AccountsLog
{
    [LoggerMessage(
        2301,
        LogLevel.Warning,
        "Session {SessionId} of customer {CustomerId} was ended: a refresh token came a second time, so two have it"
    )]
    public static partial void TokenReused(this ILogger log, long sessionId, long customerId);
}
