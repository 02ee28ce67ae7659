using System.Security.Cryptography;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>UnionPay's notices: forms, sent for what went well only.</summary>
internal sealed class UnionPayNotices(UnionPayVerifier verifier, TimeProvider clock)
{
    /// <inheritdoc cref="IPaymentChannel.ReadNotice" />
    public NoticeReading Read(ReadOnlySpan<byte> body) =>
        UnionPayMessage.ReadForm(body) is not { } message ? new NoticeReading.Forged("it is no form")
        : !verifier.IsSigned(message) ? new NoticeReading.Forged("its signature does not hold")
        : message.Text("orderId") is not { } number ? new NoticeReading.Ignored()
        : message.Text("txnType") switch
        {
            "01" => new NoticeReading.OfPayment(Key(message), number, FindingOf(message)),
            "04" => new NoticeReading.OfRefund(
                Key(message),
                PaymentOutNo: null,
                number,
                message.Number("txnAmt"),
                RefundFindingOf(message),
                message.Text("origQryId")
            ),
            _ => new NoticeReading.Ignored(),
        };

    // A notice has no number of its own. The same one again says the same.
    private static string Key(UnionPayMessage message) =>
        $"{message.Text("queryId")}:{Convert.ToHexStringLower(SHA256.HashData(message.SignedText()))[..32]}";

    private Finding FindingOf(UnionPayMessage message) =>
        !UnionPayCodes.IsDone(message.Text("respCode")) ? new Finding.Waiting()
        : UnionPayReceipt.Read(message, clock.GetUtcNow()) is { } receipt ? new Finding.Paid(receipt)
        : new Finding.Unknown("a payment whose amount can't be read");

    private static RefundFinding RefundFindingOf(UnionPayMessage message) =>
        UnionPayCodes.IsDone(message.Text("respCode")) && message.Text("queryId") is { } reference
            ? new RefundFinding.Done(reference)
            : new RefundFinding.Unknown("a notice of a refund that is not done");
}
