using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Transport.Http;
using Shop.Tests.Engine.Schema;

namespace Shop.Tests.Transport.Http;

/// <summary>The library behind a real web server, with a clock that only moves when told to.</summary>
public sealed class LibraryHost : IAsyncLifetime
{
    private readonly WebApplication _app;

    public LibraryHost()
        : this(static _ => { }) { }

    internal LibraryHost(Action<WebApplicationBuilder> change)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Configuration["GraphQL:Transport:MaxOperationsPerSocket"] = "3";
        builder.Configuration["GraphQL:Transport:MaxRequestBytes"] = "4096";
        builder.Configuration["GraphQL:Transport:FarewellFor"] = "00:00:00";
        builder.Configuration["GraphQL:Limits:MaxPendingEvents"] = "4";
        builder
            .Services.AddSingleton<TimeProvider>(Clock)
            .AddSingleton<Library>()
            .AddShopGraph(new LibraryModule())
            .AddGraphTransports();
        change(builder);
        _app = builder.Build();
        _app.MapShopGraph("/graphql");
    }

    internal FakeTimeProvider Clock { get; } = new();

    internal LogLines Log { get; } = new();

    internal IServiceProvider Services => _app.Services;

    internal Library Library => _app.Services.GetRequiredService<Library>();

    internal Uri Address => new(_app.Urls.Single() + "/graphql");

    internal HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    internal Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    internal Task<HttpResponseMessage> PostAsync(
        string body,
        string? accept = null,
        string type = "application/json"
    )
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type.Length > 0)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return SendAsync(new HttpRequestMessage(HttpMethod.Post, Address) { Content = content }, accept);
    }

    internal Task<HttpResponseMessage> QueryAsync(string query, string? accept = null) =>
        PostAsync(JsonSerializer.Serialize(new { query }), accept);

    internal Task<HttpResponseMessage> GetAsync(string parameters, string? accept = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri($"{Address}?{parameters}")), accept);

    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? accept = null)
    {
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using (request)
        {
            return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
    }
}

/// <summary>What the host has logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        lock (_lines)
        {
            _lines.Add($"{eventId.Id} {formatter(state, exception)} {exception?.Message}");
        }
    }

    public void Dispose() { }
}
