using Microsoft.Extensions.Logging;

namespace Shop.Data.Orders;

/// <summary>Every sentence Orders can log. Event ids 2100–2199; an id is never given a second meaning.</summary>
internal static partial class OrdersLog
{
    [LoggerMessage(2101, LogLevel.Warning, "A batch of {Count} placements was refused; each is tried alone")]
    public static partial void BatchRefused(this ILogger log, int count, Exception refusal);
}
