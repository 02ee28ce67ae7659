using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments;

/// <summary>Where a simulator's notices arrive: the channel under test reads them, and they are answered as it wants.</summary>
internal sealed class NoticeDoor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private NoticeDoor(WebApplication app) => _app = app;

    /// <summary>The shop's address, as the channel knows it.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>Reads what arrives.</summary>
    public IPaymentChannel? Channel { get; set; }

    /// <summary>What the shop makes of all that is not forged.</summary>
    public NoticeResult Result { get; set; } = NoticeResult.Done;

    /// <summary>What arrived, as it was read.</summary>
    public ConcurrentQueue<NoticeReading> Readings { get; } = [];

    /// <summary>What arrived last, as it came.</summary>
    public (IHeaderDictionary Headers, byte[] Body) Last { get; private set; }

    public static async Task<NoticeDoor> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var door = new NoticeDoor(builder.Build());
        door._app.MapPost("/payments/notify/{channel}/{account}", door.TakeAsync);
        await door._app.StartAsync();
        return door;
    }

    /// <summary>Reads once more what arrived last, with other headers or another body.</summary>
    public NoticeReading Again(Func<string, string?, string?>? header = null, byte[]? body = null) =>
        Channel!.ReadNotice(
            name =>
            {
                var value = Header(Last.Headers, name);
                return header is null ? value : header(name, value);
            },
            body ?? Last.Body
        );

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Last = (new HeaderDictionary(http.Request.Headers.ToDictionary()), body.ToArray());
        var reading = Again();
        Readings.Enqueue(reading);
        var answer = Channel!.AnswerFor(reading is NoticeReading.Forged ? NoticeResult.Refused : Result);
        http.Response.StatusCode = answer.Status;
        if (answer.Body.Length > 0)
        {
            http.Response.ContentType = answer.ContentType;
            await http.Response.WriteAsync(answer.Body);
        }
    }

    private static string? Header(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
