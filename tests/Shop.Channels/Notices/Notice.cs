using Shop.Channels.Books;
using Shop.Channels.Faults;

namespace Shop.Channels.Notices;

/// <summary>A notice to the shop. Each try is signed anew; what it tells stays.</summary>
/// <param name="Id">The channel's number for it: the same with each try.</param>
/// <param name="What">What has come about, in the words of its wire: <c>paid</c>, <c>refunded</c> …</param>
/// <param name="Trade">The payment, as it stood then.</param>
/// <param name="Refund">The refund that it tells of; null where it tells of the payment.</param>
/// <param name="At">When it came about.</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record Notice(
    string Id,
    string What,
    Trade Trade,
    TradeRefund? Refund,
    DateTimeOffset At,
    NoticeFault Fault
);

/// <summary>What became of one try to deliver a notice.</summary>
/// <param name="Notice">Which.</param>
/// <param name="Try">From 1.</param>
/// <param name="Status">What the shop answered; 0 where it did not.</param>
/// <param name="Body">What the shop answered, or why it did not.</param>
/// <param name="IsTaken">Whether the channel is content, and sends it no more.</param>
public sealed record NoticeDelivery(Notice Notice, int Try, int Status, string Body, bool IsTaken);
