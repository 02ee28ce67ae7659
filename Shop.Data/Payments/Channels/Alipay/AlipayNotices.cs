using System.Net;
using System.Text;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>Reads what Alipay sends by itself: a form, signed over what its fields say once they are decoded.</summary>
internal sealed class AlipayNotices(AlipayKeys keys)
{
    /// <summary>Reads a notice.</summary>
    public NoticeReading Read(ReadOnlyMemory<byte> body)
    {
        var fields = Fields(body.Span);
        if (fields is null || !fields.TryGetValue("sign", out var signature) || !IsSigned(fields, signature))
        {
            return new NoticeReading.Forged("its signature is wrong, or it has none");
        }

        return Text(fields, "notify_type") != "trade_status_sync"
            || Text(fields, "notify_id") is not { } id
            || Text(fields, "out_trade_no") is not { } outNo
                ? new NoticeReading.Ignored()
            : Text(fields, "out_biz_no") is { } refundNo && Text(fields, "gmt_refund") is not null
                ? OfRefund(id, outNo, refundNo)
            : OfPayment(fields, id, outNo);
    }

    /// <summary>What Alipay wants to hear.</summary>
    public static NoticeAnswer Answer(NoticeResult result) =>
        new(NoticeAnswer.StatusOf(result), "text/plain", result == NoticeResult.Done ? "success" : "failure");

    private static NoticeReading.OfPayment OfPayment(
        Dictionary<string, string> fields,
        string id,
        string outNo
    ) =>
        new(
            id,
            outNo,
            AlipayTrade.Of(
                Text(fields, "trade_status"),
                Text(fields, "gmt_payment") is not null,
                Text(fields, "trade_no") is { } reference
                && Yuan.Read(Text(fields, "total_amount")) is { } fen
                    ? new(
                        outNo,
                        reference,
                        fen,
                        Yuan.Currency,
                        // A notice without them is of no known merchant: it does not pass for one.
                        Text(fields, "seller_id") ?? "",
                        Text(fields, "app_id") ?? "",
                        BeijingTime.Read(Text(fields, "gmt_payment")),
                        Text(fields, "passback_params") is { } token ? Uri.UnescapeDataString(token) : null
                    )
                    : null
            )
        );

    // The sum that it tells is of all refunds so far.
    private static NoticeReading.OfRefund OfRefund(string id, string outNo, string refundNo) =>
        new(id, outNo, refundNo, null, new RefundFinding.Done(refundNo));

    private bool IsSigned(Dictionary<string, string> fields, string signature)
    {
        var encoding = Encoding(fields);
        return Verifies(fields.Where(field => field.Value.Length > 0)) || Verifies(fields);

        bool Verifies(IEnumerable<KeyValuePair<string, string>> told) =>
            keys.Verify(
                encoding.GetBytes(
                    AlipayText.Joined(
                        told.Where(field => field.Key is not ("sign" or "sign_type"))
                            .OrderBy(field => field.Key, StringComparer.Ordinal)
                    )
                ),
                signature
            );
    }

    // Decoded once, nothing trimmed: a space at the end of a subject is signed, too.
    private static Dictionary<string, string>? Fields(ReadOnlySpan<byte> body)
    {
        var encoded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in System.Text.Encoding.ASCII.GetString(body).Split('&'))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || !encoded.TryAdd(pair[..at], pair[(at + 1)..]))
            {
                return null;
            }
        }

        var encoding = Encoding(encoded);
        return encoded.ToDictionary(
            field => Decoded(field.Key, encoding),
            field => Decoded(field.Value, encoding),
            StringComparer.Ordinal
        );
    }

    private static string Decoded(string text, Encoding encoding) =>
        encoding.GetString(
            WebUtility.UrlDecodeToBytes(System.Text.Encoding.ASCII.GetBytes(text), 0, text.Length)
        );

    private static Encoding Encoding(Dictionary<string, string> fields) =>
        Text(fields, "charset")?.ToUpperInvariant() is "GBK" or "GB2312" or "GB18030"
            ? AlipayEncodings.Gbk
            : System.Text.Encoding.UTF8;

    private static string? Text(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var text) && text.Length > 0 ? text : null;
}
