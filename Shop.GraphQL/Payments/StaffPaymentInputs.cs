using Shop.Data.Payments;

namespace Shop.GraphQL.Payments;

/// <summary>Money that goes back.</summary>
/// <param name="IdempotencyKey">The same key gives back once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="PaymentId">Of which payment.</param>
/// <param name="Amount">How much, in the currency that was taken; null for all that is left.</param>
/// <param name="Reason">Why: `REQUESTED`, `RETURNED` or `GOODWILL`; the others are the shop's own.</param>
/// <param name="Note">For staff; at most 500 characters.</param>
/// <param name="GoodsBack">Whether the goods are back, so that they can be sold again: an order that was shipped is `REFUNDED` when all of its money and its goods are back.</param>
/// <param name="IfVersion">Refused unless the payment is at this version; null gives back at any.</param>
internal sealed record PaymentRefundInput(
    Guid IdempotencyKey,
    PaymentId PaymentId,
    decimal? Amount,
    RefundReason Reason,
    [property: MaxText(500)] string? Note,
    bool GoodsBack,
    int? IfVersion
);

/// <summary>A refund that a channel had refused.</summary>
/// <param name="IdempotencyKey">The same key gives back once, however often it is sent.</param>
/// <param name="RefundId">Which; it has to be `FAILED`.</param>
internal sealed record RefundRetryInput(Guid IdempotencyKey, RefundId RefundId);

/// <summary>Money that is held, and is to be taken.</summary>
/// <param name="IdempotencyKey">The same key takes it once, however often it is sent.</param>
/// <param name="PaymentId">Of which payment; it has to be `AUTHORIZED`.</param>
internal sealed record PaymentCaptureInput(Guid IdempotencyKey, PaymentId PaymentId);

/// <summary>Money that is held, and is to be let go.</summary>
/// <param name="PaymentId">Of which payment.</param>
internal sealed record PaymentVoidInput(PaymentId PaymentId);

/// <summary>Which payments. All that is given has to hold; what is left out does not matter.</summary>
[Engine.Filters.Filter]
internal sealed record PaymentWhere
{
    /// <summary>Where it stands.</summary>
    public PaymentStatusFilter? Status { get; init; }

    /// <summary>At which channel.</summary>
    public PaymentChannelFilter? Channel { get; init; }

    /// <summary>The shop's or the channel's number for it, letter by letter.</summary>
    public Engine.Filters.TextFilter? Number { get; init; }
}

/// <summary>Payments by where they stand.</summary>
[Engine.Filters.Filter]
internal sealed record PaymentStatusFilter
{
    /// <summary>Here.</summary>
    public PaymentStatus? Eq { get; init; }

    /// <summary>In one of these; at most 9.</summary>
    [MaxItems(9)]
    public IReadOnlyList<PaymentStatus>? In { get; init; }
}

/// <summary>Payments by channel.</summary>
[Engine.Filters.Filter]
internal sealed record PaymentChannelFilter
{
    /// <summary>This one.</summary>
    public PaymentChannelCode? Eq { get; init; }
}
