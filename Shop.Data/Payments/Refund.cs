using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments;

/// <summary>Money of a payment on its way back. Its row is written, and the money kept aside, before the channel is called.</summary>
public sealed class Refund
{
    private Refund() { }

    /// <summary>A Snowflake.</summary>
    public RefundId Id { get; private init; }

    /// <summary>Of which payment.</summary>
    public PaymentId PaymentId { get; private init; }

    /// <summary>The shop's number for it at the channel.</summary>
    public string OutNo { get; private init; } = "";

    /// <summary>The channel's number for it; null as long as it is not known.</summary>
    public string? Reference { get; private set; }

    /// <summary>How much, in minor units of the currency that was taken.</summary>
    public long AmountMinor { get; private init; }

    /// <summary>Where it stands.</summary>
    public RefundStatus Status { get; private set; }

    /// <summary>Why.</summary>
    public RefundReason Reason { get; private init; }

    /// <summary>Who of staff; null where the shop did so by itself.</summary>
    public CustomerId? Actor { get; private init; }

    /// <summary>What staff said; null where they said nothing.</summary>
    public string? Note { get; private init; }

    /// <summary>Whether the goods are back, so that they can be sold again.</summary>
    public bool GoodsBack { get; private init; }

    /// <summary>The channel's code where it failed or is stuck; else null.</summary>
    public string? Code { get; private set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset RequestedAt { get; private init; }

    /// <summary>When the channel was last asked to give it back; null before that.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>When it ended; null before that.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>When the channel is asked next; null where there is nothing to ask.</summary>
    public DateTimeOffset? NextCheckAt { get; private set; }

    /// <summary>How often it was asked and had not ended.</summary>
    public int Checks { get; private set; }

    /// <summary>Until when a worker has it.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>Wanted by staff, or by the shop itself.</summary>
    internal static Refund Request(
        RefundId id,
        Payment payment,
        string outNo,
        long minor,
        RefundReason reason,
        DateTimeOffset now,
        CustomerId? actor = null,
        string? note = null,
        bool goodsBack = false
    ) =>
        new()
        {
            Id = id,
            PaymentId = payment.Id,
            OutNo = outNo,
            AmountMinor = minor,
            Reason = reason,
            Actor = actor,
            Note = note,
            GoodsBack = goodsBack,
            RequestedAt = now,
            NextCheckAt = now,
        };

    /// <summary>Made at the channel's own desk.</summary>
    internal static Refund Foreign(
        RefundId id,
        Payment payment,
        string outNo,
        string reference,
        long minor,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            PaymentId = payment.Id,
            OutNo = outNo,
            Reference = reference,
            AmountMinor = minor,
            Status = RefundStatus.Succeeded,
            Reason = RefundReason.Foreign,
            RequestedAt = now,
            FinishedAt = now,
        };

    /// <summary>What the channel is asked.</summary>
    internal RefundOrder Order(Payment payment) =>
        new(
            OutNo,
            Reference,
            new(AmountMinor, payment.CapturedCurrency ?? payment.Currency),
            payment.RefundedMinor,
            RequestedAt,
            $"Refund of {payment.Request.Description}",
            payment.Ref
        );

    /// <summary>The channel is asked to give it back, at this moment.</summary>
    internal void Send(DateTimeOffset now) => SentAt = now;

    /// <summary>The channel has taken it up.</summary>
    internal void Accept(string? reference) =>
        (Status, Reference, Code) = (RefundStatus.Sent, reference ?? Reference, null);

    /// <summary>Whether the channel has it is not known.</summary>
    internal void Doubt() => Status = RefundStatus.Uncertain;

    /// <summary>The channel refused it for now: the same number goes once more.</summary>
    internal void TryLater(string code) => (Status, Code) = (RefundStatus.Requested, code);

    /// <summary>The money is back.</summary>
    internal void Succeed(string reference, DateTimeOffset now) =>
        (Status, Reference, Code, FinishedAt, NextCheckAt) = (
            RefundStatus.Succeeded,
            reference,
            null,
            now,
            null
        );

    /// <summary>It did not go back.</summary>
    internal void Fail(string code, DateTimeOffset now) =>
        (Status, Code, FinishedAt, NextCheckAt) = (RefundStatus.Failed, code, now, null);

    /// <summary>It needs a person.</summary>
    internal void Stick(string code) => (Status, Code, NextCheckAt) = (RefundStatus.Stuck, code, null);

    /// <summary>Says when the channel is asked next; no worker has it any more.</summary>
    internal void CheckAt(DateTimeOffset? at, int checks) =>
        (NextCheckAt, Checks, LeaseUntil) = (at, checks, null);
}
