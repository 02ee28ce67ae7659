namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>What a message says of a payment that was made.</summary>
internal static class UnionPayReceipt
{
    /// <summary>Reads it.</summary>
    /// <param name="message">A notice, or the answer to a question.</param>
    /// <param name="near">A moment near to it: the message's own lacks the year.</param>
    /// <returns>Null where the number or the amount is missing.</returns>
    public static Receipt? Read(UnionPayMessage message, DateTimeOffset near) =>
        message.Text("orderId") is { } outNo
        && message.Text("queryId") is { } reference
        && message.Number("txnAmt") is { } minor
            ? new(
                outNo,
                reference,
                minor,
                // Another currency's number is none that was asked for, whichever it is.
                message.Text("currencyCode")
                    is var code
                && code == UnionPayApi.Yuan
                    ? "CNY"
                    : code ?? "",
                message.Text("merId"),
                PaidAt: UnionPayTime.Read(message.Text("traceTime"), near),
                Token: message.Text("reqReserved")
            )
            : null;
}
