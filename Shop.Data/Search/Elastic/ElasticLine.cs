using System.Text.Json;
using System.Text.Json.Nodes;
using Elastic.Clients.Elasticsearch;
using Elastic.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Data.Outside;
using Shop.Data.Storage.Breakers;
using HttpMethod = Elastic.Transport.HttpMethod;

namespace Shop.Data.Search.Elastic;

/// <summary>
/// The line to Elasticsearch. Searches go over <see cref="OutsideLine"/>: they are short, and none is made while most fail. What jobs
/// send has time. Bodies are ours: the typed client takes more to read an answer than the engine to find it. Thread-safe; one for the process.
/// </summary>
public sealed class ElasticLine : IDisposable
{
    // A page of products, or the creation of an index.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private static readonly RequestConfiguration _patient = new() { RequestTimeout = _longest };
    private static readonly RequestConfiguration _lines = new()
    {
        RequestTimeout = _longest,
        ContentType = "application/vnd.elasticsearch+x-ndjson;compatible-with=9",
    };

    private readonly ElasticOptions _options;
    private readonly OutsideLine _line;
    private readonly ElasticsearchClientSettings? _settings;
    private readonly ITransport? _transport;
    private readonly RequestConfiguration _hasty;

    /// <param name="options">Where it is.</param>
    /// <param name="line">Knows whether most fail.</param>
    public ElasticLine(
        IOptions<ElasticOptions> options,
        [FromKeyedServices(ElasticOptions.Section)] OutsideLine line
    )
    {
        (_options, _line) = (options.Value, line);
        _hasty = new() { RequestTimeout = _options.Timeout, MaxRetries = 1 };
        Uri[] nodes = [.. _options.Addresses];
        if (nodes.Length > 0)
        {
            NodePool pool = nodes is [var only] ? new SingleNodePool(only) : new StaticNodePool(nodes);
            // Nodes are near: to pack what is sent, and what is answered, takes longer than to send it.
            _settings = new ElasticsearchClientSettings(pool).DisablePing().EnableHttpCompression(false);
            if (_options.ApiKey is { } key)
            {
                _settings = _settings.Authentication(new ApiKey(key));
            }

            _transport = new ElasticsearchClient(_settings).Transport;
        }
    }

    /// <summary>Whether there is one.</summary>
    public bool IsOn => _transport is not null;

    /// <summary>Whether no search is sent to it for a while, since most have failed.</summary>
    public bool IsGivenUp => _line.Breaker.State == BreakerState.Open;

    /// <summary>Searches an index.</summary>
    /// <returns>The answer; null where there is none in time, or only a part of one.</returns>
    internal async Task<JsonElement?> SearchAsync(string index, JsonObject body, CancellationToken cancel)
    {
        var answer = await _line.CallAsync(
            async stop =>
                Answer.Of(
                    await SendAsync(
                        HttpMethod.POST,
                        $"/{index}/_search",
                        JsonSerializer.SerializeToUtf8Bytes(body),
                        _hasty,
                        stop
                    )
                ),
            // The transport has the time limit, and a second node its turn.
            _options.Timeout * 2,
            cancel
        );
        return answer?.Json;
    }

    /// <summary>Has a thing done, or asks.</summary>
    /// <exception cref="ElasticFailedException">It gave no answer of success.</exception>
    internal Task<JsonElement> DoAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken cancel
    ) =>
        SendAsync(
            method,
            path,
            body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body),
            _patient,
            cancel
        );

    /// <summary>Sends lines of JSON.</summary>
    /// <exception cref="ElasticFailedException">It gave no answer of success.</exception>
    internal Task<JsonElement> BulkAsync(string path, byte[] lines, CancellationToken cancel) =>
        SendAsync(HttpMethod.POST, path, lines, _lines, cancel);

    /// <summary>Whether there is such an index, or alias.</summary>
    /// <exception cref="ElasticFailedException">It gave no answer.</exception>
    internal async Task<bool> HasAsync(string index, CancellationToken cancel)
    {
        try
        {
            await DoAsync(HttpMethod.GET, $"/{index}/_alias", body: null, cancel);
            return true;
        }
        catch (ElasticFailedException fault) when (fault.Status == 404)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => (_settings as IDisposable)?.Dispose();

    private async Task<JsonElement> SendAsync(
        HttpMethod method,
        string path,
        byte[]? body,
        RequestConfiguration terms,
        CancellationToken cancel
    )
    {
        var answer = await RequestAsync(method, path, body, terms, cancel);
        // A call that was given up is an answer without success.
        cancel.ThrowIfCancellationRequested();
        var call = answer.ApiCallDetails;
        if (!call.HasSuccessfulStatusCode)
        {
            throw ElasticFailedException.Of(call.HttpStatusCode, answer.Body, call.OriginalException);
        }

        return Read(answer.Body, call.OriginalException);
    }

    // The transport throws where what answers does not say that it is Elasticsearch.
    private async Task<BytesResponse> RequestAsync(
        HttpMethod method,
        string path,
        byte[]? body,
        RequestConfiguration terms,
        CancellationToken cancel
    )
    {
        try
        {
            return await _transport!.RequestAsync<BytesResponse>(
                method,
                path,
                body is null ? null! : PostData.Bytes(body),
                terms,
                cancel
            );
        }
        catch (Exception fault) when (fault is TransportException or UnsupportedProductException)
        {
            throw ElasticFailedException.Of(status: null, body: null, fault);
        }
    }

    // What broke off is no answer, whatever its status says.
    private static JsonElement Read(byte[]? body, Exception? fault)
    {
        try
        {
            return body is { Length: > 0 } && fault is null
                ? JsonElement.Parse(body)
                : throw ElasticFailedException.CutOff(fault);
        }
        catch (JsonException cut)
        {
            throw ElasticFailedException.CutOff(cut);
        }
    }

    private sealed record Answer(JsonElement Json)
    {
        /// <exception cref="UnusableAnswerException">A part of the index, or of the answer, is missing.</exception>
        public static Answer Of(JsonElement json) =>
            json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("hits", out _)
            && json.TryGetProperty("timed_out", out var isLate)
            && isLate.ValueKind == JsonValueKind.False
            && json.TryGetProperty("_shards", out var shards)
            && shards.GetProperty("failed").GetInt32() == 0
                ? new(json)
                : throw new UnusableAnswerException("it is not the whole answer");
    }
}
