using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shop.Load.Fuzz;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Transport.Fuzz;

/// <summary>20,000 documents and 20,000 bodies, the same in each run: a seed makes them, and a fault names the one that it is of.</summary>
public sealed class FuzzCorpusTests : IAsyncLifetime
{
    private const int Seed = 13;
    private const int Count = 20_000;

    // There to break, or to wait for ever.
    private static readonly string[] _without = ["broken", "fails", "breaks", "bookRenamed", "opened"];

    private readonly LibraryHost _host = new(builder =>
    {
        builder.Configuration["GraphQL:Transport:MaxRequestBytes"] = "262144";
        builder.Configuration["GraphQL:Limits:MaxPendingEvents"] = "64";
    });

    private FuzzSchema _schema = null!;

    [Fact]
    public async Task A_document_has_the_same_errors_over_HTTP_and_over_a_WebSocket()
    {
        var documents = new FuzzDocuments(_schema, new Random(Seed), known: []);
        using var socket = await FuzzSocket.OpenAsync(_host.Address, token: null, CancellationToken.None);
        for (var number = 0; number < Count; number++)
        {
            var request = documents.Next();

            var overHttp = await OverHttpAsync(request);
            var (type, payload) = await socket.AskAsync(
                Encoding.UTF8.GetBytes(request.Json),
                maySayNothing: false,
                CancellationToken.None
            );

            Assert.True(type != "closed", $"{number}: {payload} after {request}");
            Assert.True(
                overHttp == ErrorsOf(payload),
                $"{number}: {overHttp}, and over a WebSocket {payload}, of {request}"
            );
        }
    }

    [Fact]
    public async Task A_body_is_answered_whatever_is_in_it()
    {
        var random = new Random(Seed);
        var bodies = new FuzzBodies(new(_schema, random, known: []), random);
        for (var number = 0; number < Count; number++)
        {
            var (body, _) = bodies.Next();
            using var answer = await PostAsync(body, "application/graphql-response+json");

            var fault = FuzzAnswer.FaultOf((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());

            Assert.True(fault is null, $"{number}: {fault}, of {Encoding.UTF8.GetString(body)}");
        }
    }

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        _schema = await FuzzSchema.ReadAsync(_host.Client, _host.Address, _without, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    // A subscription goes by HTTP as an event stream, whose first event is what a WebSocket hears first.
    private async Task<string> OverHttpAsync(FuzzRequest request)
    {
        var body = Encoding.UTF8.GetBytes(request.Json);
        using var answer = await PostAsync(body, "application/graphql-response+json");
        var text = await answer.Content.ReadAsStringAsync();
        var errors = ErrorsOf(text);
        if (!errors.Contains("OPERATION_NOT_ALLOWED", StringComparison.Ordinal))
        {
            return errors;
        }

        using var stream = await PostAsync(body, "text/event-stream");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return ErrorsOf(line["data: ".Length..]);
            }
        }

        return "";
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string accept)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return _host.SendAsync(new(HttpMethod.Post, _host.Address) { Content = content }, accept);
    }

    // Of a result, or a list of errors; without the trace, which is another each time, and what HTTP calls a body.
    private static string ErrorsOf(string answer)
    {
        if (answer.Length == 0)
        {
            return "";
        }

        using var json = JsonDocument.Parse(answer);
        var errors =
            json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement
            : json.RootElement.TryGetProperty("errors", out var told) ? told
            : default;
        return errors.ValueKind == JsonValueKind.Undefined
            ? ""
            : string.Join('\n', errors.EnumerateArray().Select(Written));
    }

    private static string Written(JsonElement error)
    {
        var members = error
            .EnumerateObject()
            .Where(member => member.Name != "extensions")
            .Select(member => $"{member.Value}");
        return $"{FuzzAnswer.CodeOf(error)} {string.Join(' ', members)}".Replace(
            "The payload is",
            "The body is",
            StringComparison.Ordinal
        );
    }
}
