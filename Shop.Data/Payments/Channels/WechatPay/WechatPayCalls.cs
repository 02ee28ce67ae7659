using System.Net.Http.Headers;
using System.Text;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>Calls WeChat Pay: signs what goes out, and believes no success that is not signed.</summary>
internal sealed class WechatPayCalls(
    ChannelAccount account,
    Uri address,
    WechatPayKeys keys,
    WechatPaySigner signer,
    WechatPayVerifier verifier
)
{
    private static readonly TimeSpan _fetchPause = TimeSpan.FromMinutes(1);
    private DateTimeOffset _fetchedAt = DateTimeOffset.MinValue;

    /// <summary>Sends a request.</summary>
    /// <param name="method">Of HTTP.</param>
    /// <param name="pathAndQuery">From the root.</param>
    /// <param name="body">JSON; empty where there is none.</param>
    /// <param name="cancel">Ends the call; whether it was done is unknown then.</param>
    /// <returns>A success that is signed, or a refusal.</returns>
    /// <exception cref="NoAnswerException">It is neither.</exception>
    public async Task<WechatPayAnswer> SendAsync(
        HttpMethod method,
        string pathAndQuery,
        string body,
        CancellationToken cancel
    )
    {
        using var request = Request(method, pathAndQuery, body);
        var answer = await account.Http.SendAsync(request, cancel);
        if (answer.Status is >= 400 and < 500)
        {
            return new(answer.Status, answer.Body);
        }

        if (answer.Status is < 200 or >= 300)
        {
            throw new NoAnswerException($"WeChat Pay has answered {answer.Status}.");
        }

        if (Header(answer, WechatPayVerifier.SerialHeader) is { } serial && keys.Verifier(serial) is null)
        {
            await FetchCertificatesAsync(cancel);
        }

        return verifier.Fault(name => Header(answer, name), answer.Body) is { } fault
            ? throw new NoAnswerException($"WeChat Pay's answer is forged: {fault}.")
            : new(answer.Status, answer.Body);
    }

    /// <summary>Opens a file that an answer has told of. It is not signed: the answer has told its digest.</summary>
    /// <exception cref="NoAnswerException">It is not WeChat Pay's.</exception>
    /// <exception cref="HttpRequestException">It is not there.</exception>
    public async Task<HttpResponseMessage> OpenAsync(Uri file, CancellationToken cancel)
    {
        if (file.Scheme != address.Scheme || file.Authority != address.Authority)
        {
            throw new NoAnswerException("WeChat Pay's bill is to be had elsewhere.");
        }

        using var request = Request(HttpMethod.Get, file.PathAndQuery, "");
        return await account.Http.OpenAsync(request, cancel);
    }

    // WeChat Pay changes its certificates on its own, a day before it signs with them. Each comes sealed with the APIv3 key.
    private async Task FetchCertificatesAsync(CancellationToken cancel)
    {
        var now = account.Clock.GetUtcNow();
        if (now - _fetchedAt < _fetchPause)
        {
            return;
        }

        _fetchedAt = now;
        using var request = Request(HttpMethod.Get, "/v3/certificates", "");
        var answer = await account.Http.SendAsync(request, cancel);
        if (answer.Status != 200)
        {
            return;
        }

        foreach (var sealedOne in WechatPayJson.Read<Certificates>(answer.Body).Data)
        {
            if (keys.Open(sealedOne.EncryptCertificate) is { } pem)
            {
                keys.Add(RsaKeys.Certified(pem));
            }
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string pathAndQuery, string body)
    {
        var request = new HttpRequestMessage(method, new Uri(address, pathAndQuery));
        request.Headers.Authorization = new(
            "WECHATPAY2-SHA256-RSA2048",
            signer.Authorization(
                method.Method,
                pathAndQuery,
                body,
                signer.Timestamp,
                WechatPaySigner.NewNonce()
            )
        );
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Shop", "1"));
        if (keys.WantedSerial is { } serial)
        {
            request.Headers.Add(WechatPayVerifier.SerialHeader, serial);
        }

        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return request;
    }

    private static string? Header(ChannelAnswer answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private sealed record Certificates(IReadOnlyList<SealedCertificate> Data);

    private sealed record SealedCertificate(WechatPayLocked EncryptCertificate);
}

/// <summary>A success that WeChat Pay has signed, or a refusal.</summary>
internal sealed record WechatPayAnswer(int Status, byte[] Body)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Status < 300;

    /// <summary>Why it was refused.</summary>
    /// <exception cref="NoAnswerException">It does not say.</exception>
    public string Code => WechatPayJson.Read<Refusal>(Body).Code;

    /// <summary>Reads what was done.</summary>
    /// <exception cref="NoAnswerException">It is not that.</exception>
    public T Read<T>() => WechatPayJson.Read<T>(Body);

    private sealed record Refusal(string Code);
}
