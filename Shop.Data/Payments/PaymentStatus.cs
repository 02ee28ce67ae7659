namespace Shop.Data.Payments;

/// <summary>
/// Where one try to pay stands. Open ones rank below closed ones, these below captured, that below refunded; no failure, close
/// or older news lowers a rank. Stored as a number; a number is never given a second meaning.
/// </summary>
public enum PaymentStatus : short
{
    /// <summary>Written, before the channel was asked.</summary>
    Begun = 0,

    /// <summary>The channel has it; the customer can pay.</summary>
    Pending = 1,

    /// <summary>The channel was asked and gave no answer that can be trusted; the shop asks until it knows. No money was taken.</summary>
    Uncertain = 2,

    /// <summary>The money is held for the shop, not taken.</summary>
    Authorized = 3,

    /// <summary>The channel refused it for good.</summary>
    Declined = 4,

    /// <summary>Its time went by, unpaid.</summary>
    Expired = 5,

    /// <summary>Closed before it was paid: by the customer, for another try, or with the order.</summary>
    Cancelled = 6,

    /// <summary>The money was taken.</summary>
    Captured = 7,

    /// <summary>All of the money was given back.</summary>
    Refunded = 8,
}

/// <summary>What a status says.</summary>
public static class PaymentStatuses
{
    private static readonly PaymentStatus[] _ends =
    [
        PaymentStatus.Declined,
        PaymentStatus.Expired,
        PaymentStatus.Cancelled,
        PaymentStatus.Captured,
    ];

    /// <summary>Whether it may still be paid: an order has at most one of these.</summary>
    public static bool IsOpen(this PaymentStatus status) => status <= PaymentStatus.Authorized;

    /// <summary>What may follow a status. A closed one may still turn out to be paid.</summary>
    public static IReadOnlyList<PaymentStatus> After(PaymentStatus status) =>
        status switch
        {
            PaymentStatus.Begun => [PaymentStatus.Pending, PaymentStatus.Uncertain, .. _ends],
            PaymentStatus.Uncertain => [PaymentStatus.Pending, .. _ends],
            PaymentStatus.Pending => [PaymentStatus.Authorized, .. _ends],
            PaymentStatus.Authorized =>
            [
                PaymentStatus.Expired,
                PaymentStatus.Cancelled,
                PaymentStatus.Captured,
            ],
            PaymentStatus.Declined or PaymentStatus.Expired or PaymentStatus.Cancelled =>
            [
                PaymentStatus.Captured,
            ],
            PaymentStatus.Captured => [PaymentStatus.Refunded],
            PaymentStatus.Refunded => [PaymentStatus.Captured],
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
        };

    /// <summary>Whether money was taken, whatever became of it.</summary>
    public static bool IsTaken(this PaymentStatus status) => status >= PaymentStatus.Captured;
}

/// <summary>Why a payment stands as it does. Stored as a number; a number is never given a second meaning.</summary>
public enum PaymentReason : short
{
    /// <summary>The channel refused it.</summary>
    Refused = 1,

    /// <summary>The customer called it off.</summary>
    Shopper = 2,

    /// <summary>Another try took its place.</summary>
    Replaced = 3,

    /// <summary>Its order was called off.</summary>
    OrderClosed = 4,

    /// <summary>Its begin had no answer, and cannot be repeated.</summary>
    NoAnswer = 5,

    /// <summary>Paid when the time of its order was over; the money goes back.</summary>
    Late = 6,

    /// <summary>Paid when another payment had settled the order; the money goes back.</summary>
    Surplus = 7,

    /// <summary>Paid with another amount, currency, merchant or app than was asked for; the money goes back or waits for staff.</summary>
    Mismatch = 8,

    /// <summary>Staff let go what was held.</summary>
    Voided = 9,
}
