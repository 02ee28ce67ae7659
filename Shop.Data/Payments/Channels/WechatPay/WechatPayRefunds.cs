namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>Gives money back, and asks what has become of it.</summary>
internal sealed class WechatPayRefunds(ChannelAccount account, WechatPayCalls calls)
{
    private const string Path = "/v3/refund/domestic/refunds";

    /// <summary>Gives money back; the same number again gives it back once.</summary>
    public async Task<RefundFinding> RunAsync(RefundOrder refund, CancellationToken cancel)
    {
        var answer = await calls.SendAsync(HttpMethod.Post, Path, Body(refund), cancel);
        return answer.IsDone ? Read(answer, refund)
            : answer.Code is var code && (answer.Status == 429 || code == "NOT_ENOUGH")
                ? new RefundFinding.Refused(code, Again: true)
            : new RefundFinding.Refused(code, Again: false);
    }

    /// <summary>Asks for a refund.</summary>
    public async Task<RefundFinding> QueryAsync(RefundOrder refund, CancellationToken cancel)
    {
        var answer = await calls.SendAsync(HttpMethod.Get, $"{Path}/{refund.OutNo}", "", cancel);
        return answer.IsDone ? Read(answer, refund)
            : answer.Code is "RESOURCE_NOT_EXISTS" ? new RefundFinding.NotFound()
            : new RefundFinding.Unknown(answer.Code);
    }

    /// <summary>What a refund's status says.</summary>
    public static RefundFinding Finding(string status, string reference) =>
        status switch
        {
            "SUCCESS" => new RefundFinding.Done(reference),
            "PROCESSING" => new RefundFinding.Accepted(reference),
            "CLOSED" => new RefundFinding.Refused(status, Again: false),
            "ABNORMAL" => new RefundFinding.Stuck(status),
            _ => new RefundFinding.Unknown(status),
        };

    private string Body(RefundOrder refund) =>
        WechatPayJson.Write(
            new Request(
                refund.Payment.OutNo,
                refund.OutNo,
                refund.Reason,
                account.NotifyUrl.ToString(),
                new(refund.Amount.Minor, refund.Payment.Amount.Minor, refund.Amount.Currency)
            )
        );

    private static RefundFinding Read(WechatPayAnswer answer, RefundOrder refund)
    {
        var told = answer.Read<Answer>();
        return told.OutRefundNo == refund.OutNo && told.Amount.Refund == refund.Amount.Minor
            ? Finding(told.Status, told.RefundId)
            : new RefundFinding.Unknown("WeChat Pay has answered for another refund.");
    }

    private sealed record Request(
        string OutTradeNo,
        string OutRefundNo,
        string Reason,
        string NotifyUrl,
        Amounts Amount
    );

    private sealed record Amounts(long Refund, long Total, string Currency);

    private sealed record Answer(string RefundId, string OutRefundNo, string Status, Amounts Amount);
}
