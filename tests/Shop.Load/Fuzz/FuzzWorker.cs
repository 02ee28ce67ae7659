using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Shop.Load.Fuzz;

/// <summary>One endpoint that is fuzzed.</summary>
/// <param name="Address">As HTTP has it.</param>
/// <param name="Schema">What it serves.</param>
/// <param name="Token">Of the account that asks; null for a guest.</param>
internal sealed record FuzzTarget(Uri Address, FuzzSchema Schema, string? Token);

/// <summary>One client that asks anything, in any way, and looks at each answer. The same seed asks the same.</summary>
internal sealed class FuzzWorker : IDisposable
{
    private const int MaxKnown = 200;
    private const int MaxShown = 2_000;

    // A message may have 256 KiB, with what stands around its operation.
    private const int MaxOperationBytes = 255 * 1024;

    private static readonly string[] _accepted =
    [
        "application/json",
        "application/graphql-response+json",
        "*/*",
        "application/graphql-response+json, application/json;q=0.9",
    ];

    private readonly HttpClient _client;
    private readonly FuzzTarget _target;
    private readonly Random _random;
    private readonly List<string> _known = [];
    private readonly FuzzDocuments _documents;
    private readonly FuzzBodies _bodies;
    private FuzzSocket? _socket;

    public FuzzWorker(HttpClient client, FuzzTarget target, int seed)
    {
        (_client, _target) = (client, target);
        _random = new(seed);
        _documents = new(target.Schema, _random, _known);
        _bodies = new(_documents, _random);
    }

    /// <summary>Asks once.</summary>
    /// <returns>What was sent and what is wrong with the answer; null where nothing is.</returns>
    public async Task<string?> AskAsync(CancellationToken cancel)
    {
        var (body, isSubscription) = _bodies.Next();
        var way = _random.Next(10);
        var fault = way switch
        {
            0 => await GetAsync(cancel),
            1 => await StreamAsync(body, cancel),
            2 or 3 => await OverSocketAsync(cancel),
            4 => await BadlyOverSocketAsync(body, isSubscription, cancel),
            _ => await PostAsync(body, cancel),
        };
        return fault is null
            ? null
            : $"{_target.Address} by way {way}: {Shown(fault)}\n  of {Shown(Encoding.UTF8.GetString(body))}";
    }

    public void Dispose() => _socket?.Dispose();

    private async Task<string?> PostAsync(byte[] body, CancellationToken cancel)
    {
        using var answer = await _client.SendAsync(
            Post(body, _accepted[_random.Next(_accepted.Length)]),
            cancel
        );
        return await JudgeAsync(answer, cancel);
    }

    private async Task<string?> GetAsync(CancellationToken cancel)
    {
        var request = _documents.Next();
        var query = string.Join(
            '&',
            $"query={Uri.EscapeDataString(request.Document)}",
            $"variables={Uri.EscapeDataString(request.Variables)}",
            $"operationName={Uri.EscapeDataString(request.OperationName ?? "")}"
        );
        if (query.Length > 6_000)
        {
            return null;
        }

        var get = new HttpRequestMessage(HttpMethod.Get, $"{_target.Address}?{query}");
        using var answer = await _client.SendAsync(
            Dressed(get, _accepted[_random.Next(_accepted.Length)]),
            cancel
        );
        return await JudgeAsync(answer, cancel) is { } fault ? $"{fault}\n  of GET {query}" : null;
    }

    private async Task<string?> StreamAsync(byte[] body, CancellationToken cancel)
    {
        using var answer = await _client.SendAsync(
            Post(body, "text/event-stream"),
            HttpCompletionOption.ResponseHeadersRead,
            cancel
        );
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return await JudgeAsync(answer, cancel);
        }

        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(TimeSpan.FromMilliseconds(300));
        try
        {
            while (await reader.ReadLineAsync(late.Token) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return FuzzAnswer.FaultOf(line["data: ".Length..]);
                }

                if (line == "event: complete")
                {
                    return null;
                }
            }

            return "an event stream that ends without `complete`";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A subscription that has no event yet.
            return null;
        }
    }

    private async Task<string?> OverSocketAsync(CancellationToken cancel)
    {
        var request = _documents.Next();
        var message = Encoding.UTF8.GetBytes(request.Json);
        var (type, payload) = await HeardAsync(message, request.IsSubscription, cancel);
        return (type == "closed" && !IsTooBig(message, payload)) || Judge(type, payload) is not null
            ? $"{type} {payload}\n  of {request.Json}"
            : null;
    }

    private async Task<string?> BadlyOverSocketAsync(
        byte[] body,
        bool isSubscription,
        CancellationToken cancel
    )
    {
        var (type, payload) = await HeardAsync(body, isSubscription, cancel);
        return type != "closed" ? Judge(type, payload)
            : MayClose(body, payload) ? null
            : payload;
    }

    // What is no text ends a WebSocket by RFC 6455, at times before its code has arrived.
    private static bool MayClose(byte[] body, string reason) =>
        !Utf8.IsValid(body)
        || reason.StartsWith("4400", StringComparison.Ordinal)
        || reason.StartsWith("1009", StringComparison.Ordinal);

    // Conditions of promotions hold conditions, so that what is made by chance can outgrow a message.
    private static bool IsTooBig(byte[] message, string reason) =>
        message.Length > MaxOperationBytes && reason.StartsWith("1009", StringComparison.Ordinal);

    private async Task<(string Type, string Payload)> HeardAsync(
        byte[] payload,
        bool maySayNothing,
        CancellationToken cancel
    )
    {
        if (_socket is not { IsOpen: true })
        {
            _socket?.Dispose();
            _socket = await FuzzSocket.OpenAsync(_target.Address, _target.Token, cancel);
        }

        return await _socket.AskAsync(payload, maySayNothing, cancel);
    }

    private static string? Judge(string type, string payload)
    {
        switch (type)
        {
            case "next":
                return FuzzAnswer.FaultOf(payload);
            case "error":
                using (var errors = JsonDocument.Parse(payload))
                {
                    return FuzzAnswer.FaultOfErrors(errors.RootElement);
                }
            default:
                return null;
        }
    }

    private async Task<string?> JudgeAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        foreach (var id in FuzzAnswer.IdsIn(text))
        {
            if (_known.Count < MaxKnown)
            {
                _known.Add(id);
            }
            else
            {
                _known[_random.Next(MaxKnown)] = id;
            }
        }

        return FuzzAnswer.FaultOf((int)answer.StatusCode, text);
    }

    private HttpRequestMessage Post(byte[] body, string accept)
    {
        var post = new HttpRequestMessage(HttpMethod.Post, _target.Address)
        {
            Content = new ByteArrayContent(body),
        };
        post.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Dressed(post, accept);
    }

    private HttpRequestMessage Dressed(HttpRequestMessage request, string accept)
    {
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (_target.Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _target.Token);
        }

        return request;
    }

    private static string Shown(string text) => text.Length <= MaxShown ? text : $"{text[..MaxShown]}…";
}
