using Shop.Data.Payments.Findings;

namespace Shop.GraphQL.Payments;

/// <summary>
/// Where channels send what they have to say: <c>POST /payments/notify/{channel}/{account}</c>. No sign-in: the signature proves
/// who sends it. The body is read as it is, since that is what was signed.
/// </summary>
internal sealed class NoticeEndpoint(TakeNotice takeNotice)
{
    /// <summary>Its address.</summary>
    public const string Path = "/payments/notify/{channel}/{account}";

    /// <summary>Answers as the channel wants it, and only after the commit.</summary>
    public async Task ServeAsync(HttpContext http, string channel, string account)
    {
        var request = http.Request;
        if (request.QueryString.HasValue || await ReadAsync(request, http.RequestAborted) is not { } body)
        {
            http.Response.StatusCode = request.QueryString.HasValue
                ? StatusCodes.Status401Unauthorized
                : StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var answer = await takeNotice.RunAsync(
            channel,
            account,
            name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null,
            body,
            http.RequestAborted
        );
        http.Response.StatusCode = answer.Status;
        if (answer.Status != StatusCodes.Status204NoContent)
        {
            http.Response.ContentType = answer.ContentType;
            await http.Response.WriteAsync(answer.Body, http.RequestAborted);
        }
    }

    /// <returns>Null where it is too long.</returns>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0; )
        {
            if (body.Length + read > TakeNotice.MaxBytes)
            {
                return null;
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return body.ToArray();
    }
}
