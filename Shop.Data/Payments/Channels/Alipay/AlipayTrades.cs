namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>Asks what has become of payments, and closes them. Alipay's <c>cancel</c> is not used: it gives back what is paid.</summary>
internal sealed class AlipayTrades(AlipayCalls calls)
{
    /// <summary>Asks for a payment.</summary>
    public async Task<Finding> QueryAsync(PaymentRef payment, CancellationToken cancel)
    {
        var answer = await calls.SendAsync("alipay.trade.query", Content(payment), null, cancel);
        if (!answer.IsDone)
        {
            return Refusal(answer.Why);
        }

        var trade = answer.Read<AlipayTrade>();
        return trade.OutTradeNo == payment.OutNo
            ? trade.Finding
            : new Finding.Unknown("Alipay has answered for another payment.");
    }

    /// <summary>Closes a payment; where it is paid, says so. What has no trade yet is not found, and can still be paid.</summary>
    public async Task<Finding> CloseAsync(PaymentRef payment, CancellationToken cancel)
    {
        var answer = await calls.SendAsync("alipay.trade.close", Content(payment), null, cancel);
        return answer.IsDone ? new Finding.Closed()
            // It is paid, closed, or just being paid: the query says which.
            : answer.Why
                is "ACQ.TRADE_STATUS_ERROR"
                    or "ACQ.REASON_TRADE_STATUS_INVALID"
                    or "ACQ.TRADE_HAS_SUCCESS"
                ? await QueryAsync(payment, cancel)
            : Refusal(answer.Why);
    }

    // Any other refusal is of the question, and says nothing of the payment.
    private static Finding Refusal(string code) =>
        code switch
        {
            "ACQ.TRADE_NOT_EXIST" => new Finding.NotFound(),
            "ACQ.TRADE_HAS_CLOSE" => new Finding.Closed(),
            _ => new Finding.Unknown(code),
        };

    private static string Content(PaymentRef payment) => AlipayText.Json(new Asked(payment.OutNo));

    private sealed record Asked(string OutTradeNo);
}

/// <summary>A payment, as Alipay tells it in answers.</summary>
internal sealed record AlipayTrade(
    string? OutTradeNo,
    string? TradeNo,
    string? TradeStatus,
    string? TotalAmount,
    string? SendPayDate,
    string? PassbackParams
)
{
    /// <summary>What it says of the payment. Whose it is goes without saying: only the app that opened it can ask for it.</summary>
    public Finding Finding =>
        Of(
            TradeStatus,
            SendPayDate is not null,
            TradeNo is not null && OutTradeNo is not null && Yuan.Read(TotalAmount) is { } fen
                ? new(
                    OutTradeNo,
                    TradeNo,
                    fen,
                    Yuan.Currency,
                    PaidAt: BeijingTime.Read(SendPayDate),
                    Token: PassbackParams is null ? null : Uri.UnescapeDataString(PassbackParams)
                )
                : null
        );

    /// <summary>What a status says of a payment.</summary>
    /// <param name="status">The status.</param>
    /// <param name="wasPaid">Whether the message tells of a payment, or of money that went back.</param>
    /// <param name="receipt">What was paid; null where the message does not say it whole.</param>
    public static Finding Of(string? status, bool wasPaid, Receipt? receipt) =>
        status switch
        {
            "TRADE_SUCCESS" or "TRADE_FINISHED" when receipt is not null => new Finding.Paid(receipt),
            // Closed unpaid, or because all of it went back: what was paid stays paid.
            "TRADE_CLOSED" when wasPaid && receipt is not null => new Finding.Paid(receipt),
            "TRADE_CLOSED" when !wasPaid => new Finding.Closed(),
            "WAIT_BUYER_PAY" => new Finding.Waiting(),
            _ => new Finding.Unknown(status ?? "no status"),
        };
}
