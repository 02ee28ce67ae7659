using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shop.Tests.Pricing.Taxes;

/// <summary>What the service does with a question.</summary>
internal enum TaxServiceMood
{
    Answers,
    Hangs,
    Fails,
    SaysNoJson,
    SaysHalfOfIt,
    DoesNotAddUp,
    LeavesOutALine,
    TellsNegativeTaxes,
    Redirects,
    HangsUp,
}

/// <summary>A tax service that takes 10 % of all, on top, and that misbehaves as it is asked to.</summary>
internal sealed class TaxService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _hanging = new(0);
    private int _questions;

    private TaxService(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/v1/");

    public TaxServiceMood Mood { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Questions => _questions;

    /// <summary>What it was asked last.</summary>
    public JsonElement LastQuestion { get; private set; }

    /// <summary>Who asked last.</summary>
    public string? LastKey { get; private set; }

    /// <summary>What it has written down.</summary>
    public ConcurrentDictionary<string, JsonElement> Documents { get; } = [];

    /// <summary>What it has struck out.</summary>
    public ConcurrentBag<string> StruckOut { get; } = [];

    public static async Task<TaxService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new TaxService(builder.Build());
        service._app.MapPost("/v1/quotes", service.QuoteAsync);
        service._app.MapPut("/v1/documents/{code}", service.CommitAsync);
        service._app.MapDelete("/v1/documents/{code}", service.Void);
        await service._app.StartAsync();
        return service;
    }

    /// <summary>Returns once so many more calls hang.</summary>
    public async Task HangingAsync(int calls = 1)
    {
        for (var call = 0; call < calls; call++)
        {
            Assert.True(await _hanging.WaitAsync(TimeSpan.FromSeconds(20)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _hanging.Dispose();
    }

    private async Task QuoteAsync(HttpContext http)
    {
        Interlocked.Increment(ref _questions);
        LastKey = http.Request.Headers.Authorization;
        LastQuestion = await ReadAsync(http);
        if (await MisbehaveAsync(http))
        {
            return;
        }

        var lines = LastQuestion
            .GetProperty("lines")
            .EnumerateArray()
            .Select(line => (Id: line.GetProperty("id").GetString(), Tax: TaxOf(line)))
            .ToList();
        var shipping = LastQuestion.TryGetProperty("shipping", out var way) ? TaxOf(way) : 0;
        var sign = Mood == TaxServiceMood.TellsNegativeTaxes ? -1 : 1;
        var answer = new JsonObject
        {
            ["total"] =
                sign * (lines.Sum(line => line.Tax) + shipping)
                + (Mood == TaxServiceMood.DoesNotAddUp ? 1 : 0),
            ["lines"] = new JsonArray([
                .. lines
                    .Skip(Mood == TaxServiceMood.LeavesOutALine ? 1 : 0)
                    .Select(line => new JsonObject { ["id"] = line.Id, ["taxes"] = Taxes(sign * line.Tax) }),
            ]),
            ["shipping"] = Taxes(sign * shipping),
        };
        var text = answer.ToJsonString();
        await http.Response.WriteAsync(
            Mood switch
            {
                TaxServiceMood.SaysNoJson => "<html>",
                TaxServiceMood.SaysHalfOfIt => """{"total":85}""",
                _ => text,
            }
        );
    }

    private async Task CommitAsync(HttpContext http, string code)
    {
        var document = await ReadAsync(http);
        if (!await MisbehaveAsync(http))
        {
            Documents[code] = document;
        }
    }

    private async Task Void(HttpContext http, string code)
    {
        if (!await MisbehaveAsync(http))
        {
            StruckOut.Add(code);
        }
    }

    private async Task<bool> MisbehaveAsync(HttpContext http)
    {
        switch (Mood)
        {
            case TaxServiceMood.Hangs:
                _hanging.Release();
                var over = new TaskCompletionSource();
                await using (http.RequestAborted.Register(over.SetResult))
                {
                    await over.Task;
                }

                return true;
            case TaxServiceMood.Fails:
                http.Response.StatusCode = 500;
                return true;
            case TaxServiceMood.Redirects:
                http.Response.Redirect("/v1/elsewhere");
                return true;
            case TaxServiceMood.HangsUp:
                http.Abort();
                return true;
            default:
                return false;
        }
    }

    private static long TaxOf(JsonElement of) => of.GetProperty("amount").GetInt64() / 10;

    private static JsonArray Taxes(long amount) =>
        [
            new JsonObject
            {
                ["name"] = "Sales tax",
                ["percent"] = 10,
                ["amount"] = amount,
            },
        ];

    private static async Task<JsonElement> ReadAsync(HttpContext http) =>
        (await JsonDocument.ParseAsync(http.Request.Body)).RootElement;
}
