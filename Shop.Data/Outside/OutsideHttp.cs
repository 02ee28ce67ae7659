using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Data.Outside;

/// <summary>
/// Sends JSON to somebody outside and reads JSON: follows no redirect, keeps no cookie, tries once, and reads no more than
/// <see cref="MaxAnswerBytes"/>. The caller's token has the time limit.
/// </summary>
public sealed class OutsideHttp : IDisposable
{
    /// <summary>An order has at most 200 lines: its answer is some dozens of kilobytes.</summary>
    public const int MaxAnswerBytes = 1 << 20;

    private static readonly JsonSerializerOptions _wire = new(JsonSerializerDefaults.Web)
    {
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
        },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            // So that a service that moves is found.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    /// <summary>Sends a request and reads the answer.</summary>
    /// <param name="method">Of HTTP.</param>
    /// <param name="address">Where to.</param>
    /// <param name="key">Sent as a bearer token; null for none.</param>
    /// <param name="body">What is sent; null for nothing.</param>
    /// <param name="cancel">Ends it; whether it was done is unknown then.</param>
    /// <returns>The answer as JSON; null where it has no body.</returns>
    /// <exception cref="UnusableAnswerException">Its status is none of success, or it is no such JSON.</exception>
    /// <exception cref="HttpRequestException">There was none, or it is too long.</exception>
    public async Task<T?> SendAsync<T>(
        HttpMethod method,
        Uri address,
        string? key,
        object? body,
        CancellationToken cancel
    )
        where T : class
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, _wire));
            request.Content.Headers.ContentType = new(MediaTypeNames.Application.Json);
        }

        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var answer = await _client.SendAsync(request, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new UnusableAnswerException($"it answered {(int)answer.StatusCode}");
        }

        var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
        try
        {
            return bytes.Length == 0 ? null : JsonSerializer.Deserialize<T>(bytes, _wire);
        }
        catch (JsonException fault)
        {
            throw new UnusableAnswerException("its answer is not what was agreed", fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}
