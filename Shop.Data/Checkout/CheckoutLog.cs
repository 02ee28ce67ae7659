using Microsoft.Extensions.Logging;

namespace Shop.Data.Checkout;

/// <summary>Every sentence Checkout can log. Event ids 2400–2499; an id is never given a second meaning.</summary>
internal static partial class CheckoutLog
{
    [LoggerMessage(
        2401,
        LogLevel.Warning,
        "Order {OrderId} was placed, but its lines could not be taken out of the cart"
    )]
    public static partial void CartNotCleared(this ILogger log, long orderId, Exception fault);
}
