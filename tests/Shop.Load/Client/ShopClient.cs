using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Shop.Load.Client;

/// <summary>Speaks GraphQL over HTTP as any client does. Safe to share between threads.</summary>
internal sealed class ShopClient : IDisposable
{
    private static readonly MediaTypeHeaderValue _json = new("application/json");
    private readonly HttpClient _http;

    /// <param name="shop">Where it listens.</param>
    /// <param name="connections">The most connections at once; they are kept open.</param>
    public ShopClient(ShopAddress shop, int connections)
        : this(shop.Graph, connections) { }

    /// <param name="graph">An endpoint of the shop.</param>
    /// <param name="connections">The most connections at once; they are kept open.</param>
    public ShopClient(Uri graph, int connections)
    {
        var sockets = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
        };
        _http = new HttpClient(sockets)
        {
            BaseAddress = graph,
            // Above what the shop allows an operation (30 s): whatever it has to say arrives.
            Timeout = TimeSpan.FromSeconds(40),
        };
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/graphql-response+json");
    }

    /// <summary>Of who asks; null for a guest.</summary>
    public string? AccessToken { get; set; }

    /// <summary>The bytes of a request; made once where one request is sent often.</summary>
    public static byte[] Body(Operation operation, object? variables = null) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                query = operation.Text,
                operationName = operation.Name,
                variables,
            }
        );

    /// <summary>Asks once.</summary>
    /// <returns>The answer's <c>data</c>.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    public async Task<JsonElement> AskAsync(
        Operation operation,
        object? variables,
        CancellationToken cancel
    ) => GraphAnswer.Data(await PostAsync(Body(operation, variables), cancel));

    /// <summary>Posts a body once.</summary>
    /// <returns>The answer's bytes; it has no <c>errors</c>.</returns>
    /// <exception cref="ShopAwayException">Nobody answered, or not in time, or with a status of 500 and more.</exception>
    /// <exception cref="ShopFaultException">The answer has <c>errors</c>.</exception>
    public async Task<byte[]> PostAsync(byte[] body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = _json;
        request.Headers.Authorization = AccessToken is { } token ? new("Bearer", token) : null;
        try
        {
            using var response = await _http.SendAsync(request, cancel);
            var answer = await response.Content.ReadAsByteArrayAsync(cancel);
            if ((int)response.StatusCode >= 500)
            {
                throw new ShopAwayException($"HTTP {(int)response.StatusCode}", null);
            }

            GraphAnswer.ThrowOnErrors(answer);
            return answer;
        }
        catch (HttpRequestException fault)
        {
            throw new ShopAwayException(fault.Message, fault);
        }
        catch (TaskCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new ShopAwayException("no answer in time", fault);
        }
    }

    public void Dispose() => _http.Dispose();
}
