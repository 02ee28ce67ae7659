using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shop.Channels.Faults;
using Shop.Channels.Wires;

namespace Shop.Channels.WechatPay;

/// <summary>Signs what WeChat Pay says.</summary>
internal sealed class WechatPaySeal(WechatPayKeyring keys, TimeProvider clock)
{
    /// <summary>Signs an answer, as well or as badly as was scripted.</summary>
    public WireAnswer Seal(WireAnswer bare, WechatPayCall call, CallFault fault)
    {
        if (fault.Kind == CallFaultKind.NotSigned)
        {
            return bare;
        }

        var headers = Headers(
            bare.Body,
            clock.GetUtcNow(),
            call.AskedSerial,
            fault.Kind == CallFaultKind.WronglySigned
        );
        if (fault.Kind != CallFaultKind.Tampered)
        {
            return bare with { Headers = headers };
        }

        // A space that JSON does not mind; where there is no body, another nonce.
        return bare.Body.Length > 0
            ? bare with
            {
                Headers = headers,
                Body = [bare.Body[0], (byte)' ', .. bare.Body[1..]],
            }
            : bare with
            {
                Headers = new Dictionary<string, string>(headers) { ["Wechatpay-Nonce"] = "0" },
            };
    }

    /// <summary>The headers that sign a body.</summary>
    /// <param name="body">What is signed.</param>
    /// <param name="at">When.</param>
    /// <param name="asked">The name of the key that is asked for; null where none is.</param>
    /// <param name="forged">Whether another key takes its place.</param>
    public Dictionary<string, string> Headers(byte[] body, DateTimeOffset at, string? asked, bool forged)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        byte[] text = [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];
        var (serial, signature) = keys.Sign(text, asked, forged);
        return new()
        {
            ["Wechatpay-Timestamp"] = timestamp,
            ["Wechatpay-Nonce"] = nonce,
            ["Wechatpay-Serial"] = serial,
            ["Wechatpay-Signature"] = signature,
        };
    }
}
