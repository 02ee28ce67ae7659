using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>JSON as WeChat Pay writes it.</summary>
internal static class WechatPayJson
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Nothing of it goes into HTML; escaped, Chinese texts would be six times as long.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes a request.</summary>
    public static string Write<T>(T request) => JsonSerializer.Serialize(request, _options);

    /// <summary>Reads what WeChat Pay has said.</summary>
    /// <exception cref="NoAnswerException">It is not that.</exception>
    public static T Read<T>(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, _options)
                ?? throw new NoAnswerException("WeChat Pay has answered null.");
        }
        catch (JsonException fault)
        {
            // Without the cause: its text may quote the answer.
            throw new NoAnswerException($"An answer of WeChat Pay can't be read at {fault.Path}.");
        }
    }
}
