using System.Globalization;
using System.Text;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>Tells what WeChat Pay has said from what it has not.</summary>
internal sealed class WechatPayVerifier(WechatPayKeys keys, TimeProvider clock)
{
    /// <summary>How far the clocks may be apart; an old message may have been recorded.</summary>
    private static readonly TimeSpan _slack = TimeSpan.FromMinutes(5);

    /// <summary>The header that names the key which has signed.</summary>
    public const string SerialHeader = "Wechatpay-Serial";

    /// <summary>Looks for what is wrong with an answer or a notice.</summary>
    /// <param name="header">Looks up its headers.</param>
    /// <param name="body">Untouched.</param>
    /// <returns>Null where nothing is; else what, without what the message holds.</returns>
    public string? Fault(NoticeHeaders header, ReadOnlySpan<byte> body)
    {
        if (
            header("Wechatpay-Timestamp") is not { } timestamp
            || header("Wechatpay-Nonce") is not { } nonce
            || header("Wechatpay-Signature") is not { } signature
            || header(SerialHeader) is not { } serial
        )
        {
            return "not signed";
        }

        if (
            !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            || Math.Abs(second - clock.GetUtcNow().ToUnixTimeSeconds()) > _slack.TotalSeconds
        )
        {
            return "its time is not now";
        }

        return keys.Verifier(serial) is not { } key ? "signed by a key that is not known"
            : !RsaKeys.Verify(key, Text(timestamp, nonce, body), signature) ? "its signature is wrong"
            : null;
    }

    // Bytes, not text: what is not UTF-8 would be another message after it was read and written.
    private static byte[] Text(string timestamp, string nonce, ReadOnlySpan<byte> body) =>
        [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];
}
