using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments;

/// <summary>
/// One try to pay for an order, at one channel. Its row is written before the channel is called; its number and token are those
/// of every further call, so that a repeated one takes no second payment.
/// </summary>
public sealed class Payment
{
    /// <summary>The most tries that one order has.</summary>
    public const int MaxPerOrder = 20;

    /// <summary>The most refunds that one payment has.</summary>
    public const int MaxRefunds = 50;

    private Payment() { }

    /// <summary>A Snowflake.</summary>
    public PaymentId Id { get; private init; }

    /// <summary>For which order.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>At which channel.</summary>
    public PaymentChannelCode Channel { get; private init; }

    /// <summary>At which account of the shop's there.</summary>
    public string Account { get; private init; } = "";

    /// <summary>Where the customer pays.</summary>
    public PaymentMethod Method { get; private init; }

    /// <summary>The shop's number for it at the channel.</summary>
    public string OutNo { get; private init; } = "";

    /// <summary>The channel's number for it; null as long as it is not known.</summary>
    public string? Reference { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>What is asked for, in minor units.</summary>
    public long AmountMinor { get; private init; }

    /// <summary>What is held, in minor units.</summary>
    public long AuthorizedMinor { get; private set; }

    /// <summary>What was taken, in minor units: what was asked for, unless <see cref="Reason"/> says otherwise.</summary>
    public long CapturedMinor { get; private set; }

    /// <summary>The currency of what was taken, where it is another than was asked for; else null.</summary>
    public string? CapturedCurrency { get; private set; }

    /// <summary>What is on its way back, in minor units.</summary>
    public long RefundingMinor { get; private set; }

    /// <summary>What has gone back, in minor units.</summary>
    public long RefundedMinor { get; private set; }

    /// <summary>Where it stands.</summary>
    public PaymentStatus Status { get; private set; }

    /// <summary>Why; null where there is nothing to say.</summary>
    public PaymentReason? Reason { get; private set; }

    /// <summary>Why it is being closed; null where it is not.</summary>
    public PaymentReason? Closing { get; private set; }

    /// <summary>What the channel was asked to open, so that it can be asked again with the same bytes.</summary>
    public PaymentOrder Request { get; private init; } = null!;

    /// <summary>What the client does next; null before the channel has said it, and once nobody can pay any more.</summary>
    public ChannelAction? Action { get; private set; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset BegunAt { get; private init; }

    /// <summary>From then on it can't be paid; what is held can't be taken.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>When the channel is asked next; null where there is nothing to ask.</summary>
    public DateTimeOffset? NextCheckAt { get; private set; }

    /// <summary>How often in a row it was asked and nothing new was heard.</summary>
    public int Checks { get; private set; }

    /// <summary>Until when a worker has it.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>When the channel was last asked about it; null before that.</summary>
    public DateTimeOffset? AskedAt { get; private init; }

    /// <summary>W3C trace context of the request that began it; null where none was traced.</summary>
    public string? Traceparent { get; private init; }

    /// <summary>The due's version at its last change: rises with each.</summary>
    public int Version { get; private set; }

    /// <summary>What can still go back, in minor units.</summary>
    public long RefundableMinor => CapturedMinor - RefundingMinor - RefundedMinor;

    /// <summary>Until when closed ones are asked about: channels without a close may still take money.</summary>
    public DateTimeOffset WatchUntil => ExpiresAt + TimeSpan.FromHours(24);

    /// <summary>How the channel knows it.</summary>
    internal PaymentRef Ref =>
        new(OutNo, Reference, Method, new(AmountMinor, Currency), BegunAt, ExpiresAt, Request.Token);

    /// <summary>Written before its channel is called.</summary>
    internal static Payment Begin(
        PaymentId id,
        OrderId order,
        PaymentChannelCode channel,
        string account,
        PaymentOrder request,
        string? traceparent
    ) =>
        new()
        {
            Id = id,
            OrderId = order,
            Channel = channel,
            Account = account,
            Method = request.Method,
            OutNo = request.OutNo,
            Currency = request.Amount.Currency,
            AmountMinor = request.Amount.Minor,
            Request = request,
            BegunAt = request.BegunAt,
            ExpiresAt = request.ExpiresAt,
            UpdatedAt = request.BegunAt,
            NextCheckAt = request.BegunAt + PaymentSchedule.BeginsDeadAfter,
            Traceparent = traceparent,
        };

    /// <summary>
    /// The customer can pay, unless it is to be closed by now. Nothing changes where it was paid or closed meanwhile.
    /// </summary>
    internal bool TryReady(BeginOutcome.Ready ready)
    {
        if (!Status.IsOpen() || Status == PaymentStatus.Authorized)
        {
            return false;
        }

        (Status, Reference) = (PaymentStatus.Pending, ready.Reference ?? Reference);
        Action = Closing is null ? ready.Action : null;
        return true;
    }

    /// <summary>The channel gave no answer that can be trusted.</summary>
    internal bool TryUncertain()
    {
        if (Status != PaymentStatus.Begun)
        {
            return false;
        }

        Status = PaymentStatus.Uncertain;
        return true;
    }

    /// <summary>It is held, and there is nothing that the customer has to do.</summary>
    internal bool TryHold(Receipt receipt)
    {
        if (!Status.IsOpen() || Status == PaymentStatus.Authorized)
        {
            return false;
        }

        (Status, AuthorizedMinor) = (PaymentStatus.Authorized, receipt.Minor);
        (Reference, Action) = (receipt.Reference, null);
        return true;
    }

    /// <summary>What is held can be taken until then.</summary>
    internal void HoldUntil(DateTimeOffset end) => ExpiresAt = end;

    /// <summary>It can't be paid any more, as far as the channel knows. Nothing changes where it was paid.</summary>
    internal bool TryEnd(PaymentStatus closed, PaymentReason? reason)
    {
        if (!Status.IsOpen())
        {
            return false;
        }

        if (Status == PaymentStatus.Authorized)
        {
            ExpiresAt = Request.ExpiresAt;
        }

        (Status, Reason, Action, Closing, AuthorizedMinor) = (closed, reason, null, null, 0);
        return true;
    }

    /// <summary>It is to be closed at its channel, by a job where the one who asks for it does not get that far.</summary>
    internal bool TryClose(PaymentReason why)
    {
        if (!Status.IsOpen() || Closing is not null)
        {
            return false;
        }

        (Closing, Action) = (why, null);
        return true;
    }

    /// <summary>The money was taken. Also of one that was closed.</summary>
    /// <returns>False where it was known.</returns>
    internal bool TryCapture(Receipt receipt)
    {
        if (Status.IsTaken())
        {
            return false;
        }

        (Status, Reason, Action, Closing) = (PaymentStatus.Captured, null, null, null);
        (CapturedMinor, Reference, AuthorizedMinor) = (receipt.Minor, receipt.Reference, 0);
        CapturedCurrency = receipt.Currency == Currency ? null : receipt.Currency;
        return true;
    }

    /// <summary>Says why it settled nothing.</summary>
    internal void Say(PaymentReason reason) => Reason = reason;

    /// <summary>Keeps money aside that is to go back.</summary>
    /// <returns>False where there is not so much.</returns>
    internal bool TryReserve(long minor)
    {
        if (minor <= 0 || minor > RefundableMinor)
        {
            return false;
        }

        RefundingMinor += minor;
        return true;
    }

    /// <summary>It stays, after all.</summary>
    internal void Free(long minor) => RefundingMinor -= minor;

    /// <summary>It went back.</summary>
    internal void GiveBack(long minor)
    {
        RefundingMinor -= minor;
        RefundedMinor += minor;
        Status = RefundedMinor == CapturedMinor ? PaymentStatus.Refunded : Status;
    }

    /// <summary>It went back at the channel's own desk, without having been kept aside.</summary>
    /// <returns>False where there is not so much left.</returns>
    internal bool TryGiveBackForeign(long minor)
    {
        if (!TryReserve(minor))
        {
            return false;
        }

        GiveBack(minor);
        return true;
    }

    /// <summary>What the channel had called given back came to the shop again.</summary>
    internal void LoseRefund(long minor)
    {
        RefundedMinor -= minor;
        Status = PaymentStatus.Captured;
    }

    /// <summary>Notes a change.</summary>
    internal void Touch(Due due, DateTimeOffset now) => (Version, UpdatedAt) = (due.NextVersion(), now);

    /// <summary>Says when it is asked about next; no worker has it any more.</summary>
    /// <param name="at">Null for never again.</param>
    /// <param name="checks">How often it was asked in vain.</param>
    internal void CheckAt(DateTimeOffset? at, int checks = 0) =>
        (NextCheckAt, Checks, LeaseUntil) = (at, checks, null);
}
