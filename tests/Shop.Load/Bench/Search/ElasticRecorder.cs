using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shop.Load.Bench.Search;

/// <summary>
/// Stands between a shop and its Elasticsearch, and remembers what was searched for: so that the engine alone can be asked for the very
/// same.
/// </summary>
/// <param name="http">To Elasticsearch.</param>
internal sealed class ElasticRecorder(HttpClient http)
{
    /// <summary>Where it tells what was searched for, a JSON a line, in its order.</summary>
    public const string Searches = "/recorded-searches";

    private readonly ConcurrentQueue<byte[]> _searches = new();

    /// <param name="builder">Says where it listens.</param>
    /// <param name="elastic">Where Elasticsearch does.</param>
    public static WebApplication Build(WebApplicationBuilder builder, string elastic)
    {
        var app = builder.Build();
        var recorder = new ElasticRecorder(new HttpClient { BaseAddress = new(elastic) });
        app.MapGet(Searches, recorder.TellAsync);
        app.MapFallback(recorder.PassAsync);
        return app;
    }

    private async Task TellAsync(HttpContext http)
    {
        foreach (var search in _searches)
        {
            await http.Response.Body.WriteAsync(search, http.RequestAborted);
            await http.Response.Body.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
        }
    }

    private async Task PassAsync(HttpContext asked)
    {
        using var read = new MemoryStream();
        await asked.Request.Body.CopyToAsync(read, asked.RequestAborted);
        var body = read.ToArray();
        using var request = new HttpRequestMessage(
            new(asked.Request.Method),
            asked.Request.Path + asked.Request.QueryString
        );
        request.Headers.TryAddWithoutValidation("Accept", asked.Request.Headers.Accept.ToArray());
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(asked.Request.ContentType!);
        }

        using var answer = await http.SendAsync(request, asked.RequestAborted);
        if (asked.Request.Path.Value!.EndsWith("/_search", StringComparison.Ordinal))
        {
            _searches.Enqueue(body);
        }

        asked.Response.StatusCode = (int)answer.StatusCode;
        // To the letter: the shop's client compares it.
        asked.Response.ContentType = $"{answer.Content.Headers.NonValidated["Content-Type"]}";
        foreach (var (name, values) in answer.Headers.Where(header => header.Key.StartsWith('X')))
        {
            asked.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(asked.Response.Body, asked.RequestAborted);
    }
}
