namespace Shop.Data.Orders;

/// <summary>Where an order stands. Stored as a number; a number is never given a second meaning.</summary>
public enum OrderStatus : short
{
    /// <summary>Placed and durable; the deduction of its stock is queued.</summary>
    Pending = 0,

    /// <summary>Its stock is deducted and held for it until the payment is due.</summary>
    AwaitingPayment = 1,

    /// <summary>Paid in full; to be shipped.</summary>
    Paid = 2,

    /// <summary>Handed to the carrier.</summary>
    Shipped = 3,

    /// <summary>Received by the customer.</summary>
    Delivered = 4,

    /// <summary>There was not enough stock; nothing was deducted.</summary>
    Rejected = 5,

    /// <summary>Called off by the customer, by staff or for want of payment; its stock is given back.</summary>
    Cancelled = 6,

    /// <summary>Paid, then paid back; its stock is given back.</summary>
    Refunded = 7,
}
