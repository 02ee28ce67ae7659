using System.Net.Http.Headers;

namespace Shop.Data.Payments.Channels;

/// <summary>
/// Calls one channel over HTTP: follows no redirect, keeps no cookie, tries once, and reads no more than
/// <see cref="MaxAnswerBytes"/>.
/// </summary>
public sealed class ChannelHttp : IDisposable
{
    /// <summary>A channel's answer to a call is a few kilobytes; a bill is read as a stream.</summary>
    public const int MaxAnswerBytes = 1 << 20;

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            // So that a channel that moves is found.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        }
    )
    {
        // The caller's token has the time limit.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    /// <summary>Sends a request and reads all of the answer, whatever its status.</summary>
    /// <exception cref="HttpRequestException">There was none, or it is too long.</exception>
    public async Task<ChannelAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var response = await _client.SendAsync(request, cancel);
        return new(
            (int)response.StatusCode,
            response.Headers,
            await response.Content.ReadAsByteArrayAsync(cancel)
        );
    }

    /// <summary>Opens a download, such as a bill: to be read as it comes, and disposed of.</summary>
    /// <exception cref="HttpRequestException">There is no such file.</exception>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return response.EnsureSuccessStatusCode();
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}

/// <summary>What a channel has answered.</summary>
public sealed record ChannelAnswer(int Status, HttpResponseHeaders Headers, byte[] Body);
