namespace Shop.Data.Payments;

/// <summary>Where money on its way back stands. Stored as a number; a number is never given a second meaning.</summary>
public enum RefundStatus : short
{
    /// <summary>Written, before the channel was asked.</summary>
    Requested = 0,

    /// <summary>The channel has taken it up.</summary>
    Sent = 1,

    /// <summary>The channel was asked and gave no answer that can be trusted; the shop asks until it knows.</summary>
    Uncertain = 2,

    /// <summary>The money is back.</summary>
    Succeeded = 3,

    /// <summary>The channel refused it for good; nothing went back.</summary>
    Failed = 4,

    /// <summary>The channel cannot end it by itself; a person has to, at its desk.</summary>
    Stuck = 5,
}

/// <summary>What a status says.</summary>
public static class RefundStatuses
{
    /// <summary>Whether what it asks for is kept aside: it may still go back.</summary>
    public static bool IsOpen(this RefundStatus status) =>
        status is not (RefundStatus.Succeeded or RefundStatus.Failed);
}

/// <summary>Why money goes back. Stored as a number; a number is never given a second meaning.</summary>
public enum RefundReason : short
{
    /// <summary>The customer asked for it.</summary>
    Requested = 1,

    /// <summary>Goods came back.</summary>
    Returned = 2,

    /// <summary>To make up for something.</summary>
    Goodwill = 3,

    /// <summary>Its order had been called off when it was paid.</summary>
    OrderClosed = 4,

    /// <summary>Paid when the time of its order was over.</summary>
    Late = 5,

    /// <summary>Another payment had settled the order.</summary>
    Surplus = 6,

    /// <summary>Paid with another amount or currency, or to another merchant or app, than was asked for.</summary>
    Mismatch = 7,

    /// <summary>Made at the channel's own desk, not by the shop.</summary>
    Foreign = 8,
}
