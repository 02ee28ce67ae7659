namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>Asks what has become of payments, and closes them.</summary>
internal sealed class WechatPayTrades(WechatPayOptions options, WechatPayCalls calls)
{
    private const string Path = "/v3/pay/transactions/out-trade-no";

    /// <summary>Asks for a payment.</summary>
    public async Task<Finding> QueryAsync(PaymentRef payment, CancellationToken cancel)
    {
        var answer = await calls.SendAsync(
            HttpMethod.Get,
            $"{Path}/{payment.OutNo}?mchid={options.Merchant}",
            "",
            cancel
        );
        if (!answer.IsDone)
        {
            return Refusal(answer.Code);
        }

        var trade = answer.Read<WechatPayTrade>();
        return trade.OutTradeNo == payment.OutNo
            ? trade.Finding
            : new Finding.Unknown("WeChat Pay has answered for another payment.");
    }

    /// <summary>Closes a payment; where it is paid, says so.</summary>
    public async Task<Finding> CloseAsync(PaymentRef payment, CancellationToken cancel)
    {
        var answer = await calls.SendAsync(
            HttpMethod.Post,
            $"{Path}/{payment.OutNo}/close",
            WechatPayJson.Write(new CloseRequest(options.Merchant)),
            cancel
        );
        return answer.IsDone ? new Finding.Closed()
            : IsPaidAlready(answer.Code) ? await QueryAsync(payment, cancel)
            : Refusal(answer.Code);
    }

    /// <summary>Whether a call was refused because the customer has paid.</summary>
    public static bool IsPaidAlready(string code) => code is "ORDERPAID" or "ORDER_PAID";

    // Any other refusal is of the question, and says nothing of the payment.
    private static Finding Refusal(string code) =>
        code switch
        {
            "ORDER_CLOSED" => new Finding.Closed(),
            "ORDER_NOT_EXIST" or "RESOURCE_NOT_EXISTS" => new Finding.NotFound(),
            _ => new Finding.Unknown(code),
        };

    private sealed record CloseRequest(string Mchid);
}

/// <summary>A payment, as WeChat Pay tells it in answers and in notices.</summary>
internal sealed record WechatPayTrade(
    string Mchid,
    string OutTradeNo,
    string TradeState,
    string? Appid = null,
    string? TransactionId = null,
    string? Attach = null,
    DateTimeOffset? SuccessTime = null,
    WechatPayTotal? Amount = null
)
{
    /// <summary>What it says of the payment.</summary>
    public Finding Finding =>
        TradeState switch
        {
            // What was paid stays paid, whatever has gone back since.
            "SUCCESS" or "REFUND" when TransactionId is not null && Amount is not null => new Finding.Paid(
                new(
                    OutTradeNo,
                    TransactionId,
                    Amount.Total,
                    Amount.Currency,
                    Mchid,
                    Appid,
                    SuccessTime,
                    Attach
                )
            ),
            "NOTPAY" or "USERPAYING" or "PAYERROR" => new Finding.Waiting(),
            "CLOSED" or "REVOKED" => new Finding.Closed(),
            _ => new Finding.Unknown(TradeState),
        };
}

/// <summary>What was to be paid: gross, in fen.</summary>
internal sealed record WechatPayTotal(long Total, string Currency);
