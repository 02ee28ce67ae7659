namespace Shop.Data.Payments.Channels;

/// <summary>
/// One account at one channel: its bytes, keys and codes, and nothing that is stored. It is called outside of any transaction.
/// What is no trustworthy answer (silence, 5xx, not signed, not readable) is <c>Unknown</c>, returned or thrown as
/// <see cref="NoAnswerException"/>, <see cref="HttpRequestException"/> or by the end of the token.
/// </summary>
public interface IPaymentChannel
{
    /// <summary>What it can do.</summary>
    ChannelTraits Traits { get; }

    /// <summary>Opens a payment. The same order again sends the same bytes, and takes no second payment.</summary>
    Task<BeginOutcome> BeginAsync(PaymentOrder order, CancellationToken cancel);

    /// <summary>Asks what has become of a payment.</summary>
    Task<Finding> QueryAsync(PaymentRef payment, CancellationToken cancel);

    /// <summary>Closes a payment, so that it cannot be paid any more. Not asked of one whose traits say that it cannot.</summary>
    /// <returns><see cref="Finding.Closed"/> where it is; <see cref="Finding.Paid"/> where it was too late.</returns>
    Task<Finding> CloseAsync(PaymentRef payment, CancellationToken cancel);

    /// <summary>Takes money that is held. Not asked of one whose traits say that it cannot.</summary>
    /// <param name="payment">Which.</param>
    /// <param name="minor">How much, in minor units; what is left is let go.</param>
    /// <param name="cancel">Ends the call; whether it was done is unknown then.</param>
    Task<Finding> CaptureAsync(PaymentRef payment, long minor, CancellationToken cancel);

    /// <summary>Gives money back. The same number again gives it back once.</summary>
    Task<RefundFinding> RefundAsync(RefundOrder refund, CancellationToken cancel);

    /// <summary>Asks what has become of a refund.</summary>
    Task<RefundFinding> QueryRefundAsync(RefundOrder refund, CancellationToken cancel);

    /// <summary>Reads what the channel has sent by itself. The signature comes first: nothing else of a forged one is looked at.</summary>
    NoticeReading ReadNotice(NoticeHeaders headers, ReadOnlyMemory<byte> body);

    /// <summary>What the channel wants to be told of its notice, so that it sends it again, or not.</summary>
    NoticeAnswer AnswerFor(NoticeResult result);

    /// <summary>Reads the channel's own book of a day, in its time zone.</summary>
    Task<BillReading> ReadBillAsync(DateOnly day, CancellationToken cancel);
}

/// <summary>There was no answer that can be trusted: whether it was done is unknown.</summary>
/// <param name="why">Without secrets: it is logged.</param>
/// <param name="cause">What was thrown; null where nothing was.</param>
public sealed class NoAnswerException(string why, Exception? cause = null) : Exception(why, cause);
