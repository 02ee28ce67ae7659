using System.Text;
using System.Text.Json;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>Calls Alipay's gateway: believes no answer that is not signed, good or bad.</summary>
internal sealed class AlipayCalls(ChannelAccount account, Uri gateway, AlipaySigner signer, AlipayKeys keys)
{
    private readonly Uri _gateway = new($"{gateway}?charset=utf-8");

    /// <summary>Asks for something.</summary>
    /// <param name="method">Such as <c>alipay.trade.query</c>.</param>
    /// <param name="content">What is asked, as JSON.</param>
    /// <param name="notifyUrl">Where notices go; null where there are none.</param>
    /// <param name="cancel">Ends the call; whether it was done is unknown then.</param>
    /// <exception cref="NoAnswerException">There was no answer that can be trusted.</exception>
    public async Task<AlipayAnswer> SendAsync(
        string method,
        string content,
        string? notifyUrl,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _gateway)
        {
            Content = new FormUrlEncodedContent(signer.Sign(method, content, notifyUrl)),
        };
        var answer = await account.Http.SendAsync(request, cancel);
        if (answer.Status != 200)
        {
            throw new NoAnswerException($"Alipay has answered {answer.Status}.");
        }

        var told = Signed(answer.Body, $"{method.Replace('.', '_')}_response");
        return told.IsUnknown ? throw new NoAnswerException($"Alipay does not know: {told.Code}.") : told;
    }

    /// <summary>Opens a file that an answer has told of.</summary>
    /// <exception cref="NoAnswerException">It is elsewhere.</exception>
    /// <exception cref="HttpRequestException">It is not there.</exception>
    public async Task<HttpResponseMessage> OpenAsync(Uri file, CancellationToken cancel)
    {
        var isAlipays =
            file.Scheme == Uri.UriSchemeHttps && file.Host.EndsWith(".alipay.com", StringComparison.Ordinal);
        if (!isAlipays && file.Authority != gateway.Authority)
        {
            throw new NoAnswerException("Alipay's bill is to be had elsewhere.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, file);
        return await account.Http.OpenAsync(request, cancel);
    }

    /// <summary>Takes the node that is signed out of an answer, as the bytes that it has.</summary>
    /// <exception cref="NoAnswerException">There is none, or it is not signed.</exception>
    internal AlipayAnswer Signed(byte[] body, string node)
    {
        try
        {
            var (raw, signature) = Split(body, node);
            return raw.IsEmpty || signature is null
                    ? throw new NoAnswerException("Alipay's answer is not signed.")
                : IsSigned(raw.Span, signature) ? Read(raw.Span)
                : throw new NoAnswerException("Alipay's answer is forged.");
        }
        catch (JsonException)
        {
            throw new NoAnswerException("Alipay's answer is no JSON.");
        }
    }

    // What was signed is the node before its slashes were escaped, or after.
    private bool IsSigned(ReadOnlySpan<byte> raw, string signature) =>
        keys.Verify(raw, signature)
        || keys.Verify(
            Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(raw).Replace("\\/", "/", StringComparison.Ordinal)
            ),
            signature
        );

    private static AlipayAnswer Read(ReadOnlySpan<byte> raw)
    {
        var told = JsonSerializer.Deserialize<JsonElement>(raw);
        var head = AlipayText.Read<Head>(told);
        return new(head.Code ?? "", head.SubCode, told);
    }

    private static (ReadOnlyMemory<byte> Raw, string? Signature) Split(byte[] body, string node)
    {
        var reader = new Utf8JsonReader(body);
        ReadOnlyMemory<byte> raw = default;
        string? signature = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            if (name == "sign")
            {
                signature = reader.GetString();
            }

            reader.Skip();
            // A refusal before it was known what was asked stands under a name of its own.
            if (name == node || name == "error_response")
            {
                raw = body.AsMemory(from, (int)reader.BytesConsumed - from);
            }
        }

        return (raw, signature);
    }

    private sealed record Head(string? Code, string? SubCode);
}

/// <summary>An answer that Alipay has signed.</summary>
/// <param name="Code">10000 where it was done.</param>
/// <param name="SubCode">Why not, more closely; null where it was.</param>
/// <param name="Told">What it says.</param>
internal sealed record AlipayAnswer(string Code, string? SubCode, JsonElement Told)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Code == "10000";

    /// <summary>Whether Alipay does not know itself what has become of it.</summary>
    public bool IsUnknown =>
        Code == "20000"
        || SubCode is "aop.unknow-error" or "isp.unknow-error"
        || SubCode?.EndsWith("SYSTEM_ERROR", StringComparison.Ordinal) == true;

    /// <summary>Why it was not done.</summary>
    public string Why => SubCode ?? Code;

    /// <summary>Reads what it says.</summary>
    /// <exception cref="NoAnswerException">It is not that.</exception>
    public T Read<T>() => AlipayText.Read<T>(Told);
}
