using Shop.Channels.Faults;
using Shop.Channels.Notices;

namespace Shop.Channels.Alipay;

/// <summary>Writes Alipay's notices: a form, signed over its fields.</summary>
internal sealed class AlipayLetter(AlipayKeyring keys, TimeProvider clock, string merchant, string app)
{
    /// <summary>Writes a notice to the shop's address.</summary>
    public HttpRequestMessage Write(Notice notice)
    {
        var trade = notice.Trade;
        var token = notice.Fault == NoticeFault.OtherToken ? "1:1767225600:0:x" : trade.Token ?? "";
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_id"] = notice.Fault == NoticeFault.OtherApp ? "2021000000000009" : app,
            ["buyer_id"] = "2088101117955611",
            ["charset"] = "utf-8",
            ["gmt_create"] = AlipayWords.Time(trade.OpenedAt),
            ["gmt_payment"] = trade.PaidAt is { } at ? AlipayWords.Time(at) : "",
            ["notify_id"] = notice.Id,
            ["notify_time"] = AlipayWords.Time(
                notice.Fault == NoticeFault.Old ? clock.GetUtcNow().AddHours(-1) : clock.GetUtcNow()
            ),
            ["notify_type"] = "trade_status_sync",
            ["out_trade_no"] = notice.Fault == NoticeFault.OtherOrder ? $"{trade.OutNo}9" : trade.OutNo,
            // A code's comes back as it was given, a page's decoded.
            ["passback_params"] =
                trade.Notes["product"] == "FACE_TO_FACE_PAYMENT" ? token : Uri.UnescapeDataString(token),
            ["receipt_amount"] = AlipayWords.Yuan(trade.Minor - 1),
            ["seller_id"] = notice.Fault == NoticeFault.OtherMerchant ? "2088000000009999" : merchant,
            ["subject"] = trade.Notes["subject"],
            ["total_amount"] = AlipayWords.Yuan(
                notice.Fault == NoticeFault.OtherAmount ? trade.Minor - 1 : trade.Minor
            ),
            ["trade_no"] = trade.Reference,
            ["trade_status"] = notice.What,
            ["version"] = "1.0",
        };
        if (notice.Refund is { } refund)
        {
            fields["out_biz_no"] = refund.OutNo;
            fields["refund_fee"] = AlipayWords.Yuan(trade.BackMinor);
            fields["gmt_refund"] = AlipayWords.Time(refund.At);
        }

        var told = fields.Where(field => field.Value.Length > 0).ToList();
        var text = string.Join('&', told.Select(field => $"{field.Key}={field.Value}"));
        told.Add(new("sign_type", "RSA2"));
        told.Add(new("sign", keys.Sign(text, notice.Fault == NoticeFault.Forged)));
        return new(HttpMethod.Post, trade.NotifyUrl) { Content = new FormUrlEncodedContent(told) };
    }
}
