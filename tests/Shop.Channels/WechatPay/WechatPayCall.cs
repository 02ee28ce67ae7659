using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Shop.Channels.WechatPay;

/// <summary>A call to WeChat Pay.</summary>
/// <param name="Method">Of HTTP.</param>
/// <param name="PathAndQuery">As it came.</param>
/// <param name="Body">As it came.</param>
/// <param name="Headers">As they came.</param>
internal sealed partial record WechatPayCall(
    string Method,
    string PathAndQuery,
    string Body,
    IHeaderDictionary Headers
)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Takes a call off the wire.</summary>
    public static async Task<WechatPayCall> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return new(
            request.Method,
            $"{request.Path}{request.QueryString}",
            await reader.ReadToEndAsync(request.HttpContext.RequestAborted),
            request.Headers
        );
    }

    /// <summary>The key by which the answer is to be signed; null where any will do.</summary>
    public string? AskedSerial => Headers["Wechatpay-Serial"];

    /// <summary>The shop's number in the body; null where there is none.</summary>
    public string? OutNo
    {
        get
        {
            try
            {
                return JsonSerializer
                    .Deserialize<JsonElement>(Body)
                    .TryGetProperty("out_trade_no", out var number)
                    ? number.GetString()
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>Lets the merchant in, and nobody else.</summary>
    /// <exception cref="WechatPayRefusal">It is not the merchant, or not now.</exception>
    public void CheckSignature(WechatPayKeyring keys, string merchant, DateTimeOffset now)
    {
        var given = Authorization().Match(Headers.Authorization.ToString());
        WechatPayRefusal.Unless(
            given.Success
                && given.Groups["mchid"].Value == merchant
                && given.Groups["serial"].Value == keys.MerchantSerial
                && Math.Abs(
                    long.Parse(given.Groups["at"].Value, CultureInfo.InvariantCulture)
                        - now.ToUnixTimeSeconds()
                ) <= 300
                && keys.IsMerchants(
                    $"{Method}\n{PathAndQuery}\n{given.Groups["at"].Value}\n{given.Groups["nonce"].Value}\n{Body}\n",
                    given.Groups["signature"].Value
                ),
            "SIGN_ERROR"
        );
        WechatPayRefusal.Unless(
            Headers.UserAgent.Count > 0 && Headers.Accept == "application/json",
            "PARAM_ERROR"
        );
        WechatPayRefusal.Unless(
            Body.Length == 0
                || Headers.ContentType.ToString().StartsWith("application/json", StringComparison.Ordinal),
            "PARAM_ERROR"
        );
    }

    /// <summary>Reads the body.</summary>
    /// <exception cref="WechatPayRefusal">It is not that.</exception>
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body, _json) ?? throw new WechatPayRefusal("PARAM_ERROR");
        }
        catch (JsonException)
        {
            throw new WechatPayRefusal("PARAM_ERROR");
        }
    }

    [GeneratedRegex(
        """^WECHATPAY2-SHA256-RSA2048 mchid="(?<mchid>[0-9]+)",nonce_str="(?<nonce>[0-9A-Za-z]{1,32})",signature="(?<signature>[^"]+)",timestamp="(?<at>[0-9]{10})",serial_no="(?<serial>[0-9A-F]+)"$""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Authorization();
}

/// <summary>WeChat Pay refuses a call.</summary>
/// <param name="code">Why.</param>
internal sealed class WechatPayRefusal(string code) : Exception(code)
{
    /// <summary>Why.</summary>
    public string Code => Message;

    /// <summary>Of HTTP.</summary>
    public int Status =>
        Message switch
        {
            "SIGN_ERROR" => 401,
            "NO_AUTH" or "OUT_TRADE_NO_USED" or "RULE_LIMIT" or "NOT_ENOUGH" => 403,
            "ORDER_NOT_EXIST" or "RESOURCE_NOT_EXISTS" => 404,
            "FREQUENCY_LIMITED" => 429,
            "SYSTEM_ERROR" => 500,
            _ => 400,
        };

    /// <summary>Refuses what is not so.</summary>
    public static void Unless(bool isSo, string code)
    {
        if (!isSo)
        {
            throw new WechatPayRefusal(code);
        }
    }
}
