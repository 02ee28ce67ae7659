namespace Shop.Data.Orders;

/// <summary>The status machine: which status may follow which. Everything that changes a status asks here.</summary>
public static class OrderTransitions
{
    /// <summary>What may follow a status; empty for the statuses that end an order.</summary>
    public static IReadOnlyList<OrderStatus> After(OrderStatus status) =>
        status switch
        {
            // Paid at once is what costs nothing.
            OrderStatus.Pending =>
            [
                OrderStatus.AwaitingPayment,
                OrderStatus.Rejected,
                OrderStatus.Cancelled,
                OrderStatus.Paid,
            ],
            OrderStatus.AwaitingPayment => [OrderStatus.Paid, OrderStatus.Cancelled],
            OrderStatus.Paid => [OrderStatus.Shipped, OrderStatus.Refunded],
            OrderStatus.Shipped => [OrderStatus.Delivered, OrderStatus.Refunded],
            OrderStatus.Delivered => [OrderStatus.Refunded],
            OrderStatus.Rejected or OrderStatus.Cancelled or OrderStatus.Refunded => [],
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
        };

    /// <summary>Whether an order in one status may take the other.</summary>
    public static bool Allow(OrderStatus from, OrderStatus to) => After(from).Contains(to);

    /// <summary>Whether somebody still waits for an order in this status: the shop for money, or the customer for goods.</summary>
    public static bool IsOpen(OrderStatus status) =>
        status
            is OrderStatus.Pending
                or OrderStatus.AwaitingPayment
                or OrderStatus.Paid
                or OrderStatus.Shipped;

    /// <summary>Whether an order in this status holds stock, once all messages about it have arrived.</summary>
    public static bool HoldsStock(OrderStatus status) =>
        status
            is OrderStatus.AwaitingPayment
                or OrderStatus.Paid
                or OrderStatus.Shipped
                or OrderStatus.Delivered;
}
