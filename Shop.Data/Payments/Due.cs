namespace Shop.Data.Payments;

/// <summary>
/// What an order is to be paid, once. Made by the first try to pay it, or by its cancellation; locked first, before the payments
/// and refunds of its order.
/// </summary>
public sealed class Due
{
    private Due() { }

    /// <summary>The order.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>ISO 4217; empty where the order was called off before anybody tried to pay.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>What is to be paid, in minor units.</summary>
    public long AmountMinor { get; private init; }

    /// <summary>What the payment that settled it has taken, in minor units.</summary>
    public long PaidMinor { get; private set; }

    /// <summary>How much of that has gone back, in minor units.</summary>
    public long RefundedMinor { get; private set; }

    /// <summary>The payment that settled it; null as long as none has.</summary>
    public PaymentId? SettledBy { get; private set; }

    /// <summary>Until when a payment settles it: later, its order is called off.</summary>
    public DateTimeOffset ClosesAt { get; private set; }

    /// <summary>When its order was called off; null for one that was not.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Rises by one with each change of its payments and refunds; each of these has the one of its last change.</summary>
    public int Version { get; private set; }

    /// <summary>Whether money that arrives now settles it.</summary>
    public bool IsOpen(DateTimeOffset now) => SettledBy is null && ClosedAt is null && now <= ClosesAt;

    /// <summary>The version of the next change.</summary>
    internal int NextVersion() => ++Version;

    /// <summary>It is paid.</summary>
    internal void Settle(Payment payment) => (SettledBy, PaidMinor) = (payment.Id, payment.CapturedMinor);

    /// <summary>Money of it went back, or, where less than zero, did not go back after all.</summary>
    internal void GiveBack(long minor) => RefundedMinor += minor;

    /// <summary>Its order waits so much longer, or, where less than zero, shorter.</summary>
    internal void Extend(TimeSpan by) => ClosesAt += by;

    /// <summary>Its order is off.</summary>
    internal void Close(DateTimeOffset now) => ClosedAt ??= now;
}
