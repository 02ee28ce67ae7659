using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Channels.Books;

namespace Shop.Channels.WechatPay;

/// <summary>Payments and refunds in the words of WeChat Pay.</summary>
internal static class WechatPayWords
{
    private static readonly JsonSerializerOptions _json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes it down.</summary>
    public static string Json(object told) => JsonSerializer.Serialize(told, _json);

    /// <summary>A payment, as answers and notices tell it.</summary>
    public static object Trade(Trade trade, string merchant)
    {
        var isPaid = trade.Status == TradeStatus.Paid;
        return new
        {
            mchid = merchant,
            appid = trade.Notes["appid"],
            out_trade_no = trade.OutNo,
            transaction_id = isPaid ? trade.Reference : null,
            trade_type = trade.Notes["product"] switch
            {
                "h5" => "MWEB",
                var product => product.ToUpperInvariant(),
            },
            trade_state = trade.Status switch
            {
                TradeStatus.Paid when trade.Refunds.Count > 0 => "REFUND",
                TradeStatus.Paid => "SUCCESS",
                TradeStatus.Closed => "CLOSED",
                _ => "NOTPAY",
            },
            trade_state_desc = isPaid ? "支付成功" : "订单未支付",
            bank_type = isPaid ? "OTHERS" : null,
            attach = trade.Token,
            success_time = trade.PaidAt is { } at ? Time(at) : null,
            payer = isPaid ? new { openid = trade.Notes["openid"] } : null,
            // A coupon of WeChat's pays a fen: who compares that with what was asked for is wrong.
            amount = new
            {
                total = trade.Minor,
                payer_total = trade.Minor - 1,
                currency = trade.Currency,
                payer_currency = trade.Currency,
            },
        };
    }

    /// <summary>A refund, as answers tell it.</summary>
    public static object Refund(Trade trade, TradeRefund refund, string status) =>
        new
        {
            refund_id = refund.Reference,
            out_refund_no = refund.OutNo,
            transaction_id = trade.Reference,
            out_trade_no = trade.OutNo,
            channel = "ORIGINAL",
            user_received_account = "支付用户零钱",
            create_time = Time(refund.At),
            success_time = status == "SUCCESS" ? Time(refund.At) : null,
            status,
            amount = new
            {
                total = trade.Minor,
                refund = refund.Minor,
                payer_total = trade.Minor - 1,
                payer_refund = refund.Minor,
                currency = trade.Currency,
            },
        };

    /// <summary>A refund, as notices tell it.</summary>
    public static object RefundNotice(Trade trade, TradeRefund refund, string merchant) =>
        new
        {
            mchid = merchant,
            out_trade_no = trade.OutNo,
            transaction_id = trade.Reference,
            out_refund_no = refund.OutNo,
            refund_id = refund.Reference,
            refund_status = Status(refund),
            success_time = refund.Status == RefundStatus.Succeeded ? Time(refund.At) : null,
            user_received_account = "支付用户零钱",
            amount = new
            {
                total = trade.Minor,
                refund = refund.Minor,
                payer_total = trade.Minor - 1,
                payer_refund = refund.Minor,
            },
        };

    /// <summary>How far a refund has come.</summary>
    public static string Status(TradeRefund refund) =>
        refund.Status switch
        {
            RefundStatus.Pending => "PROCESSING",
            RefundStatus.Succeeded => "SUCCESS",
            RefundStatus.Stuck => "ABNORMAL",
            _ => "CLOSED",
        };

    /// <summary>A moment.</summary>
    public static string Time(DateTimeOffset at) =>
        at.ToOffset(WechatPayWire.Beijing).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
