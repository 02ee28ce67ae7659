using Shop.Data.Payments;
using Shop.GraphQL.Orders;
using PaymentRow = Shop.Data.Payments.Payment;

namespace Shop.GraphQL.Payments;

/// <summary>
/// One try to pay for an order, at one channel. An order has one that is open; the next try closes it first. Whoever sees the
/// order sees its payments, and staff with the role `PAYMENTS` sees all.
/// </summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">Rises with each change of any payment of its order; drop what is older than what you have.</param>
/// <param name="Channel">Whose rails the money runs on.</param>
/// <param name="Method">Where the customer pays.</param>
/// <param name="Amount">What is asked for.</param>
/// <param name="Captured">What was taken; nothing before it is paid.</param>
/// <param name="Refunded">How much of that is back with the customer.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it stands there; null where there is nothing to say.</param>
/// <param name="ExpiresAt">From then on it can't be paid.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Account">The shop's account at the channel, as the settings call it.</param>
/// <param name="Number">The shop's number for it at the channel.</param>
/// <param name="Reference">The channel's number for it; null as long as it is not known.</param>
/// <param name="Refundable">What can still go back.</param>
internal sealed record Payment(
    PaymentId Id,
    int Version,
    PaymentChannelCode Channel,
    PaymentMethod Method,
    Money Amount,
    Money Captured,
    Money Refunded,
    PaymentStatus Status,
    PaymentReason? Reason,
    DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    [property: Staff(StaffRole.Payments)] string Account,
    [property: Staff(StaffRole.Payments)] string Number,
    [property: Staff(StaffRole.Payments)] string? Reference,
    [property: Staff(StaffRole.Payments)] Money Refundable
) : Node
{
    /// <summary>For which order.</summary>
    internal OrderId OrderId { get; init; }

    /// <summary>Whether its reader has proved the right to see its order.</summary>
    internal bool IsProven { get; init; }

    /// <summary>What the channel has said.</summary>
    internal PaymentAction? Action { get; init; }

    /// <summary>
    /// The order that it pays; null where it is not yours to see: the role `PAYMENTS` alone opens no order.
    /// </summary>
    public IDataLoaderResult<Order?> Order(
        [FromServices] LoaderContext loaders,
        [FromServices] Asker asker
    ) =>
        IsProven && !asker.IsStaff
            ? loaders.Get<ProvenOrderById>().Load(OrderId)
            : loaders.Get<OwnOrder>().Load(new(OrderId, null, default));

    /// <summary>
    /// What to do next, so that the customer can pay: for who may pay it alone, never for staff. Null before the channel has
    /// answered (`paymentCheck` or `paymentChanged` tell when it has), and once it can't be paid any more.
    /// </summary>
    public PaymentAction? NextAction([FromServices] Asker asker) => asker.IsStaff ? null : Action;

    /// <summary>What goes back of it, or has gone, oldest first; at most 50.</summary>
    [ListSize(5)]
    public IDataLoaderResult<IReadOnlyList<Refund>> Refunds([FromServices] LoaderContext loaders) =>
        loaders.Get<RefundsByPaymentId>().Load(Id);

    /// <summary>What may follow its status; empty where it has come to its end.</summary>
    [Staff(StaffRole.Payments), ListSize(6)]
    public IReadOnlyList<PaymentStatus> AllowedTransitions() => PaymentStatuses.After(Status);

    /// <summary>What the channel has sent about it by itself, newest first; at most 100.</summary>
    [Staff(StaffRole.Payments), ListSize(10)]
    public IDataLoaderResult<IReadOnlyList<PaymentNotice>> Notices([FromServices] LoaderContext loaders) =>
        loaders.Get<NoticesByPaymentId>().Load(Id);

    /// <summary>A payment as it is stored.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="isProven">Whether its reader has proved the right to see its order.</param>
    internal static Payment Of(PaymentRow row, bool isProven)
    {
        var taken = row.CapturedCurrency ?? row.Currency;
        return new(
            row.Id,
            row.Version,
            row.Channel,
            row.Method,
            new(row.AmountMinor, row.Currency),
            new(row.CapturedMinor, taken),
            new(row.RefundedMinor, taken),
            row.Status,
            row.Reason,
            row.ExpiresAt,
            row.BegunAt,
            row.UpdatedAt,
            row.Account,
            row.OutNo,
            row.Reference,
            new(row.RefundableMinor, taken)
        )
        {
            OrderId = row.OrderId,
            IsProven = isProven,
            Action = row is { Action: { } action, Status: PaymentStatus.Pending }
                ? PaymentAction.Of(action, row.ExpiresAt)
                : null,
        };
    }
}

/// <summary>What a channel has sent by itself.</summary>
/// <param name="ReceivedAt">When it came first.</param>
/// <param name="Outcome">What the shop made of it.</param>
[Staff(StaffRole.Payments)]
internal sealed record PaymentNotice(DateTimeOffset ReceivedAt, NoticeOutcome Outcome)
{
    /// <summary>Of which payment.</summary>
    internal PaymentId PaymentId { get; init; }
}
