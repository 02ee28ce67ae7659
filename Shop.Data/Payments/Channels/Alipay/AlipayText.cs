using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>Texts as Alipay writes and signs them.</summary>
internal static class AlipayText
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Nothing of it goes into HTML; escaped, Chinese texts would be six times as long.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What is signed of fields: <c>k=v&amp;k=v</c>, unencoded.</summary>
    public static string Joined(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(field => $"{field.Key}={field.Value}"));

    /// <summary>Fields as they stand in an address, or in an app's order.</summary>
    public static string Encoded(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));

    /// <summary>Writes what is asked.</summary>
    public static string Json<T>(T asked) => JsonSerializer.Serialize(asked, _json);

    /// <summary>Reads what Alipay has said.</summary>
    /// <exception cref="NoAnswerException">It is not that.</exception>
    public static T Read<T>(JsonElement told)
    {
        try
        {
            return told.Deserialize<T>(_json) ?? throw new NoAnswerException("Alipay has answered null.");
        }
        catch (JsonException fault)
        {
            // Without the cause: its text may quote the answer.
            throw new NoAnswerException($"An answer of Alipay can't be read at {fault.Path}.");
        }
    }
}
