namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>Money back over UnionPay. A refund has a number and a time of its own, and names its payment by UnionPay's number.</summary>
internal sealed class UnionPayRefunds(UnionPayApi api, Uri gateway, Uri notifyUrl)
{
    /// <inheritdoc cref="IPaymentChannel.RefundAsync" />
    public async Task<RefundFinding> MakeAsync(RefundOrder refund, CancellationToken cancel)
    {
        var method = refund.Payment.Method;
        var message = api.Message(
            "04",
            "00",
            UnionPayChannel.Business(method),
            refund.RequestedAt,
            refund.OutNo
        );
        UnionPayApi.Add(
            message,
            refund.Amount,
            notifyUrl,
            UnionPayChannel.ChannelType(method),
            refund.Payment.Token
        );
        message["origQryId"] =
            refund.Payment.Reference
            ?? throw new InvalidOperationException("What was paid has a number at its channel.");
        var answer = await api.CallAsync(new(gateway, "backTransReq.do"), message, cancel);
        var code = answer.Text("respCode");
        return UnionPayCodes.IsDone(code) ? new RefundFinding.Accepted(answer.Text("queryId"))
            : UnionPayCodes.IsDoubtful(code) ? new RefundFinding.Unknown($"the refund was answered {code}")
            : new RefundFinding.Refused(code!, Again: false);
    }

    /// <inheritdoc cref="IPaymentChannel.QueryRefundAsync" />
    public async Task<RefundFinding> FindAsync(RefundOrder refund, CancellationToken cancel)
    {
        var question = api.Message("00", "00", "000000", refund.RequestedAt, refund.OutNo);
        var answer = await api.CallAsync(new(gateway, "queryTrans.do"), question, cancel);
        return (answer.Text("respCode"), answer.Text("origRespCode"), answer.Text("queryId")) switch
        {
            ("00", var code, { } reference) when UnionPayCodes.IsDone(code) => new RefundFinding.Done(
                reference
            ),
            ("00", var code, var reference) when UnionPayCodes.IsUnderWay(code) => new RefundFinding.Accepted(
                reference
            ),
            ("34", _, _) or ("00", "34", _) => new RefundFinding.NotFound(),
            ("00", { } code, _) when !UnionPayCodes.IsDoubtful(code) && !UnionPayCodes.IsDone(code) =>
                new RefundFinding.Refused(code, Again: false),
            var (code, ofRefund, _) => new RefundFinding.Unknown(
                $"the question was answered {code}, {ofRefund}"
            ),
        };
    }
}
