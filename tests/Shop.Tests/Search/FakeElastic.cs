using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.Tests.Search;

/// <summary>
/// What a healthy Elasticsearch does not do: it takes indexes and documents as one does, and answers as badly as a test wants. It finds nothing.
/// </summary>
internal sealed class FakeElastic : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _indexes = new();
    private readonly ConcurrentDictionary<string, string> _documents = new();
    private readonly ConcurrentQueue<int> _bulks = new();

    private FakeElastic(WebApplication app) => _app = app;

    /// <summary>For <c>Search:Elastic:Nodes:0</c>.</summary>
    public string Address => _app.Urls.First();

    /// <summary>How it answers in the place of what is asked; null where it does that. May answer by itself.</summary>
    public Func<HttpContext, Task<IResult?>> Fault { get; set; } = Healthy;

    /// <summary>What becomes of a document, by its id, as a status.</summary>
    public Func<string, int> StatusOf { get; set; } = _ => 201;

    /// <summary>The documents that it has taken, by their ids.</summary>
    public IReadOnlyDictionary<string, string> Documents => _documents;

    /// <summary>How many came at once each time, in order.</summary>
    public IReadOnlyList<int> Bulks => [.. _bulks];

    /// <summary>Nothing is wrong.</summary>
    public static Task<IResult?> Healthy(HttpContext http) => Task.FromResult<IResult?>(null);

    public static async Task<FakeElastic> OpenAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRequestDecompression();
        var app = builder.Build();
        var fake = new FakeElastic(app);
        app.UseRequestDecompression();
        app.Run(fake.ServeAsync);
        await app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        http.Response.Headers["X-Elastic-Product"] = "Elasticsearch";
        var answer = await Fault(http) ?? (http.Response.HasStarted ? null : await AnswerAsync(http.Request));
        if (answer is not null)
        {
            await answer.ExecuteAsync(http);
        }
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        var path = request.Path.Value!.Split('/');
        switch (request.Method, path[^1])
        {
            case ("GET", "_alias"):
                return _indexes.ContainsKey(path[1]) ? Json("{}") : Json("{}", 404);
            case ("PUT", _):
                _indexes[path[1]] = true;
                return Json("{}");
            case ("POST", "_count"):
                // Of products on sale, or of a title.
                return Json(
                    $$"""{"count": {{(body.Contains("isSearchable", StringComparison.Ordinal)
                    ? _documents.Values.Count(document => document.Contains("\"isSearchable\":true", StringComparison.Ordinal))
                    : 1)}}}"""
                );
            case ("POST", "_bulk"):
                return Json(Take(body.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
            default:
                return Json("{}");
        }
    }

    private string Take(string[] lines)
    {
        _bulks.Enqueue(lines.Length / 2);
        var items = lines
            .Chunk(2)
            .Select(pair =>
            {
                var id = JsonElement.Parse(pair[0]).GetProperty("index").GetProperty("_id").GetString()!;
                var status = StatusOf(id);
                if (status < 300)
                {
                    _documents[id] = pair[1];
                }

                return new
                {
                    index = new
                    {
                        _id = id,
                        status,
                        error = new { reason = "as a test wants" },
                    },
                };
            })
            .ToList();
        return JsonSerializer.Serialize(
            new { errors = items.Exists(item => item.index.status >= 300), items }
        );
    }

    /// <summary>An answer as Elasticsearch writes it.</summary>
    public static IResult Json(string body, int status = 200) =>
        new Plain(Encoding.UTF8.GetBytes(body), status);

    // Without a charset, as Elasticsearch answers.
    private sealed class Plain(byte[] body, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/vnd.elasticsearch+json;compatible-with=9";
            await http.Response.Body.WriteAsync(body);
        }
    }
}
