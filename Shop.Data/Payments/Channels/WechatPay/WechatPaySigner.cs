using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>Signs what goes to WeChat Pay, and what a client hands to its app.</summary>
internal sealed class WechatPaySigner(string merchant, WechatPayKeys keys, TimeProvider clock)
{
    /// <summary>Now, in seconds.</summary>
    public string Timestamp => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>What is used once: 32 characters.</summary>
    public static string NewNonce() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Signs lines, each ended by a line feed.</summary>
    public string Sign(params ReadOnlySpan<string> lines) =>
        RsaKeys.Sign(keys.Signing, Encoding.UTF8.GetBytes($"{string.Join('\n', lines!)}\n"));

    /// <summary>The header that lets a call in, after the name of the scheme.</summary>
    /// <param name="method">In capitals.</param>
    /// <param name="pathAndQuery">As it is sent.</param>
    /// <param name="body">As it is sent; empty where there is none.</param>
    /// <param name="timestamp">Now.</param>
    /// <param name="nonce">Used once.</param>
    public string Authorization(
        string method,
        string pathAndQuery,
        string body,
        string timestamp,
        string nonce
    )
    {
        var signature = Sign(method, pathAndQuery, timestamp, nonce, body);
        return $"mchid=\"{merchant}\",nonce_str=\"{nonce}\",signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{keys.SigningSerial}\"";
    }
}
