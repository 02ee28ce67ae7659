using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shop.Tests.Shipping;

/// <summary>A service of rates on this machine: it counts what it is asked, and answers well or as badly as a test wants.</summary>
internal sealed class RateDesk : IAsyncDisposable
{
    /// <summary>A parcel costs 4.00 and a penny for each 100 grams; nothing else is on offer.</summary>
    public static Func<JsonElement, IResult> Well { get; } =
        question =>
            Told(
                $$"""[{"service": "parcel", "price": "{{4 + question.GetProperty("parcel").GetProperty("grams").GetInt64() / 10000m}}"}]"""
            );

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _questions = new();
    private readonly ConcurrentQueue<string> _keys = new();

    private RateDesk(WebApplication app) => _app = app;

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<string> Questions => [.. _questions];

    /// <summary>What came as credential.</summary>
    public IReadOnlyList<string> Keys => [.. _keys];

    /// <summary>How it answers from now on.</summary>
    public Func<JsonElement, IResult> Answer { get; set; } = Well;

    /// <summary>Where questions are posted.</summary>
    public Uri Address => new($"{_app.Urls.First()}/rates");

    public static async Task<RateDesk> OpenAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var desk = new RateDesk(app);
        app.MapPost("/rates", desk.ServeAsync);
        await app.StartAsync();
        return desk;
    }

    /// <summary>An answer with these rates.</summary>
    public static IResult Told(string rates) =>
        Results.Text($$"""{"currencyCode": "GBP", "rates": {{rates}}}""", "application/json");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var question = await reader.ReadToEndAsync();
        _questions.Enqueue(question);
        _keys.Enqueue($"{http.Request.Headers.Authorization}");
        await Answer(JsonSerializer.Deserialize<JsonElement>(question)).ExecuteAsync(http);
    }
}
