using Shop.Data.Payments;

namespace Shop.GraphQL.Payments;

/// <summary>Money of a payment on its way back to the customer.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Amount">How much.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it goes back.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended; null before that.</param>
/// <param name="Note">What staff said; null where they said nothing.</param>
/// <param name="GoodsBack">Whether the goods are back, so that they can be sold again.</param>
/// <param name="ChannelCode">The channel's own code where it failed or needs a person; else null.</param>
/// <param name="Number">The shop's number for it at the channel.</param>
internal sealed record Refund(
    RefundId Id,
    Money Amount,
    RefundStatus Status,
    RefundReason Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    [property: Staff(StaffRole.Payments)] string? Note,
    [property: Staff(StaffRole.Payments)] bool GoodsBack,
    [property: Staff(StaffRole.Payments)] string? ChannelCode,
    [property: Staff(StaffRole.Payments)] string Number
) : Node
{
    /// <summary>Of which payment.</summary>
    internal PaymentId PaymentId { get; init; }

    /// <summary>The payment whose money it is.</summary>
    public IDataLoaderResult<Payment> Payment([FromServices] LoaderContext loaders) =>
        loaders.Get<ProvenPaymentById>().Require(PaymentId);
}
