using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Channels.Alipay;

/// <summary>A request to Alipay's gateway.</summary>
/// <param name="fields">As they came, decoded.</param>
internal sealed class AlipayCall(IReadOnlyDictionary<string, string> fields)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Such as <c>alipay.trade.query</c>.</summary>
    public string Method => this["method"];

    /// <summary>What is asked, as it came.</summary>
    public string Content => this["biz_content"];

    /// <summary>The shop's number in what is asked; null where there is none.</summary>
    public string? OutNo
    {
        get
        {
            try
            {
                return JsonSerializer
                    .Deserialize<JsonElement>(Content)
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

    /// <summary>A field; empty where there is none.</summary>
    public string this[string name] => fields.GetValueOrDefault(name, "");

    /// <summary>Lets the app in, and nobody else.</summary>
    /// <exception cref="AlipayRefusal">It is not the app, or not now.</exception>
    public void Check(AlipayKeyring keys, string app, DateTimeOffset now)
    {
        AlipayRefusal.Unless(this["app_id"] == app, "isv.invalid-app-id", "40002");
        AlipayRefusal.Unless(
            this["charset"] == "utf-8"
                && this["sign_type"] == "RSA2"
                && this["version"] == "1.0"
                && this["format"] == "JSON"
                && fields.Values.All(value => value.Length > 0),
            "isv.invalid-parameter",
            "40002"
        );
        AlipayRefusal.Unless(
            DateTime.TryParseExact(
                this["timestamp"],
                "yyyy-MM-dd HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var at
            )
                && (new DateTimeOffset(at, AlipayWire.Beijing) - now).Duration() < TimeSpan.FromMinutes(15),
            "isv.invalid-timestamp",
            "40002"
        );
        AlipayRefusal.Unless(
            fields.ContainsKey("app_cert_sn")
                ? this["app_cert_sn"] == keys.AppName && this["alipay_root_cert_sn"] == keys.RootNames
                : !fields.ContainsKey("alipay_root_cert_sn"),
            "isv.invalid-cert-sn",
            "40002"
        );
        var text = string.Join(
            '&',
            fields
                .Where(field => field.Key != "sign")
                .OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => $"{field.Key}={field.Value}")
        );
        AlipayRefusal.Unless(keys.IsApps(text, this["sign"]), "isv.invalid-signature", "40002");
    }

    /// <summary>Reads what is asked.</summary>
    /// <exception cref="AlipayRefusal">It is not that.</exception>
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Content, _json)
                ?? throw new AlipayRefusal("isv.invalid-parameter", "40002");
        }
        catch (JsonException)
        {
            throw new AlipayRefusal("isv.invalid-parameter", "40002");
        }
    }
}

/// <summary>Alipay refuses a request.</summary>
/// <param name="subCode">Why.</param>
/// <param name="code">What kind of refusal it is.</param>
internal sealed class AlipayRefusal(string subCode, string code = "40004") : Exception(subCode)
{
    /// <summary>What kind of refusal it is.</summary>
    public string Code => code;

    /// <summary>Refuses what is not so.</summary>
    public static void Unless(bool isSo, string subCode, string code = "40004")
    {
        if (!isSo)
        {
            throw new AlipayRefusal(subCode, code);
        }
    }
}
