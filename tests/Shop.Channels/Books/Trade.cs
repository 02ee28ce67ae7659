using System.Collections.Immutable;

namespace Shop.Channels.Books;

/// <summary>A payment in a channel's own book. It never changes: the book puts another in its place.</summary>
/// <param name="Channel">Whose book: <c>wechat-pay</c>.</param>
/// <param name="OutNo">The shop's number for it.</param>
/// <param name="Reference">The channel's number for it.</param>
/// <param name="Minor">What is to be paid, in the currency's minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="NotifyUrl">Where the shop wants to be told.</param>
/// <param name="Token">What the shop wants to have back with the notice; null where it gave nothing.</param>
/// <param name="OpenedAt">When it was first heard of.</param>
/// <param name="ExpiresAt">From then on it can't be paid; null where it always can.</param>
public sealed record Trade(
    string Channel,
    string OutNo,
    string Reference,
    long Minor,
    string Currency,
    string NotifyUrl,
    string? Token,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ExpiresAt
)
{
    /// <summary>How far it has come.</summary>
    public TradeStatus Status { get; init; } = TradeStatus.Open;

    /// <summary>When it was paid; null as long as it is not.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>What was taken, in minor units; zero as long as it is not paid.</summary>
    public long PaidMinor { get; init; }

    /// <summary>What went back, oldest first.</summary>
    public ImmutableList<TradeRefund> Refunds { get; init; } = [];

    /// <summary>What else its wire has to remember, such as the method.</summary>
    public ImmutableDictionary<string, string> Notes { get; init; } =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>What went back or is on its way, in minor units.</summary>
    public long BackMinor =>
        Refunds.Where(refund => refund.Status != RefundStatus.Failed).Sum(refund => refund.Minor);
}

/// <summary>How far a payment has come at its channel.</summary>
public enum TradeStatus
{
    /// <summary>The customer has not come yet: to those who ask, the channel has no such payment.</summary>
    Offered,

    /// <summary>Waits for the customer.</summary>
    Open,

    /// <summary>Held, not taken.</summary>
    Held,

    /// <summary>Taken; also where it went back since.</summary>
    Paid,

    /// <summary>The customer, or the bank, has declined.</summary>
    Declined,

    /// <summary>Closed unpaid.</summary>
    Closed,
}

/// <summary>Money that went back, in a channel's own book.</summary>
/// <param name="OutNo">The shop's number for it.</param>
/// <param name="Reference">The channel's number for it.</param>
/// <param name="Minor">How much, in minor units.</param>
/// <param name="At">When it was asked for.</param>
public sealed record TradeRefund(string OutNo, string Reference, long Minor, DateTimeOffset At)
{
    /// <summary>How far it has come.</summary>
    public RefundStatus Status { get; init; } = RefundStatus.Succeeded;

    /// <summary>What else its wire has to remember.</summary>
    public ImmutableDictionary<string, string> Notes { get; init; } =
        ImmutableDictionary<string, string>.Empty;
}

/// <summary>How far a refund has come at its channel.</summary>
public enum RefundStatus
{
    /// <summary>On its way.</summary>
    Pending,

    /// <summary>Back.</summary>
    Succeeded,

    /// <summary>Did not go back.</summary>
    Failed,

    /// <summary>Waits for a person at the channel.</summary>
    Stuck,
}
