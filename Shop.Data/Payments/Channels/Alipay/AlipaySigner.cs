using System.Text;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>Signs requests: what all have, what one asks, and the signature over both, in the order of names.</summary>
internal sealed class AlipaySigner(ChannelAccount account, AlipayOptions options, AlipayKeys keys)
{
    /// <summary>The fields of a request, signed, in the order in which they are signed; the signature comes last.</summary>
    /// <param name="method">Such as <c>alipay.trade.query</c>.</param>
    /// <param name="content">What is asked, as JSON.</param>
    /// <param name="notifyUrl">Where notices go; null where there are none.</param>
    /// <param name="returnUrl">Where the customer comes back to; null where it is not said.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Sign(
        string method,
        string content,
        string? notifyUrl = null,
        string? returnUrl = null
    )
    {
        var fields = new SortedDictionary<string, string?>(StringComparer.Ordinal)
        {
            ["alipay_root_cert_sn"] = keys.AppName is null ? null : keys.RootNamesOrNull,
            ["app_cert_sn"] = keys.AppName,
            ["app_id"] = options.App,
            ["biz_content"] = content,
            ["charset"] = "utf-8",
            ["format"] = "JSON",
            ["method"] = method,
            ["notify_url"] = notifyUrl,
            ["return_url"] = returnUrl,
            ["sign_type"] = "RSA2",
            ["timestamp"] = BeijingTime.Text(account.Clock.GetUtcNow()),
            ["version"] = "1.0",
        };
        var told = fields
            .Where(field => !string.IsNullOrEmpty(field.Value))
            .Select(field => KeyValuePair.Create(field.Key, field.Value!))
            .ToList();
        told.Add(new("sign", RsaKeys.Sign(keys.Signing, Encoding.UTF8.GetBytes(AlipayText.Joined(told)))));
        return told;
    }
}
