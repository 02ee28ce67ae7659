using System.Net;
using Microsoft.Extensions.Options;

namespace Shop.Data.Catalog.Import.Files;

/// <summary>How it can end that a file is fetched. What may be better next time is an exception.</summary>
internal abstract record FetchFileResult
{
    private FetchFileResult() { }

    /// <summary>It is in the shop.</summary>
    public sealed record Fetched(StagedFileId Id, long Bytes) : FetchFileResult;

    /// <summary>It cannot be had there; the reason is in words for staff.</summary>
    public sealed record Refused(string Reason) : FetchFileResult;
}

/// <summary>
/// Fetches a file from one of the places that the shop's operator has named, and from nowhere else: a server that answers there
/// cannot send the shop on to another address.
/// </summary>
public sealed class FetchFile(
    ImportSources sources,
    StageFile stageFile,
    IOptions<ImportOptions> options,
    TimeProvider clock
) : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseCookies = false,
            UseProxy = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="HttpRequestException">No server answers there, or not to the end.</exception>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    internal async Task<FetchFileResult> RunAsync(Uri address, CustomerId? actor, CancellationToken cancel)
    {
        if (!sources.Allow(address))
        {
            return new FetchFileResult.Refused("Files are not fetched from there (any more).");
        }

        using var late = new CancellationTokenSource(options.Value.FetchTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await RunAsync(address, actor, either);
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("Fetching took too long.", fault);
        }
        catch (IOException fault)
        {
            throw new HttpRequestException("The answer broke off.", fault);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<FetchFileResult> RunAsync(
        Uri address,
        CustomerId? actor,
        CancellationTokenSource either
    )
    {
        using var response = await _http.GetAsync(
            address,
            HttpCompletionOption.ResponseHeadersRead,
            either.Token
        );
        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            response.EnsureSuccessStatusCode();
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new FetchFileResult.Refused($"The address answered with {(int)response.StatusCode}.");
        }

        await using var body = await response.Content.ReadAsStreamAsync(either.Token);
        return response.Content.Headers.ContentLength > options.Value.MaxBytes
            ? TooLarge()
            : await stageFile.RunAsync(body, format: null, actor, either.Token) switch
            {
                StageFileResult.Staged staged => new FetchFileResult.Fetched(staged.Id, staged.Bytes),
                StageFileResult.TooLarge => TooLarge(),
                var other => throw new InvalidOperationException($"{other} is no way to end."),
            };
    }

    private FetchFileResult.Refused TooLarge() =>
        new($"The file has more than {options.Value.MaxBytes} bytes.");
}
