using Microsoft.Extensions.Logging;

namespace Shop.Data.Orders;

/// <summary>Every sentence Orders can log. Event ids 2100–2199; an id is never given a second meaning.</summary>
internal static partial class OrdersLog
{
    [LoggerMessage(2102, LogLevel.Error, "Order {Order} is unpaid, and can't be called off")]
    public static partial void NotCalledOff(this ILogger log, long order, Exception fault);
}
