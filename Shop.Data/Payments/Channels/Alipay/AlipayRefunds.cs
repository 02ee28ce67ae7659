namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>Gives money back, and asks what has become of it.</summary>
internal sealed class AlipayRefunds(AlipayCalls calls)
{
    /// <summary>Gives money back; the same number again gives it back once.</summary>
    public async Task<RefundFinding> RunAsync(RefundOrder refund, CancellationToken cancel)
    {
        var answer = await calls.SendAsync(
            "alipay.trade.refund",
            AlipayText.Json(
                new Request(
                    refund.Payment.OutNo,
                    Yuan.Write(refund.Amount.Minor),
                    refund.OutNo,
                    refund.Reason
                )
            ),
            null,
            cancel
        );
        if (!answer.IsDone)
        {
            return new RefundFinding.Refused(
                answer.Why,
                Again: answer.Why == "ACQ.SELLER_BALANCE_NOT_ENOUGH"
            );
        }

        var told = answer.Read<Answer>();
        return told.OutTradeNo != refund.Payment.OutNo
                ? new RefundFinding.Unknown("Alipay has answered for another payment.")
            : told.FundChange == "Y" ? new RefundFinding.Done(refund.OutNo)
            // The same number again, or it takes its time.
            : new RefundFinding.Accepted(null);
    }

    /// <summary>Asks for a refund. One that Alipay does not know failed, or is on its way: the same number again tells.</summary>
    public async Task<RefundFinding> QueryAsync(RefundOrder refund, CancellationToken cancel)
    {
        var answer = await calls.SendAsync(
            "alipay.trade.fastpay.refund.query",
            AlipayText.Json(new Query(refund.Payment.OutNo, refund.OutNo)),
            null,
            cancel
        );
        if (!answer.IsDone)
        {
            return answer.Why is "ACQ.TRADE_NOT_EXIST" or "ACQ.REFUND_NOT_EXIST"
                ? new RefundFinding.NotFound()
                : new RefundFinding.Unknown(answer.Why);
        }

        var told = answer.Read<Queried>();
        return told.RefundStatus != "REFUND_SUCCESS" ? new RefundFinding.NotFound()
            : told.OutRequestNo == refund.OutNo && Yuan.Read(told.RefundAmount) == refund.Amount.Minor
                ? new RefundFinding.Done(refund.OutNo)
            : new RefundFinding.Unknown("Alipay has answered for another refund.");
    }

    private sealed record Request(
        string OutTradeNo,
        string RefundAmount,
        string OutRequestNo,
        string RefundReason
    );

    private sealed record Query(string OutTradeNo, string OutRequestNo);

    private sealed record Answer(string? OutTradeNo, string? FundChange);

    private sealed record Queried(string? OutRequestNo, string? RefundStatus, string? RefundAmount);
}
