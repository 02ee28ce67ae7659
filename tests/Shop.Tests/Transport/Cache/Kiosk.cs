using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphQL;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Transport.Cache;
using Shop.GraphQL.Transport.Http;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Transport.Cache;

/// <summary>A kiosk behind a real web server, that counts how often something was read; with a clock that stands.</summary>
internal sealed class Kiosk : IAsyncDisposable
{
    public const string News = "kiosk-news";
    public const string Copies = "kiosk-copies";

    /// <summary>A document that clients may name.</summary>
    public static readonly TrustedDocument Registered = TrustedDocument.Parse(
        "query Registered($about: String) { headline(about: $about) }"
    );

    private readonly HttpClient _client = new();
    private readonly WebApplication _app;

    private Kiosk(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        foreach (var (name, value) in settings)
        {
            builder.Configuration[$"GraphQL:AnswerCache:{name}"] = value;
        }

        builder
            .Services.AddSingleton<TimeProvider>(Clock)
            .AddSingleton<KioskReads>()
            .AddShopGraph(new KioskModule())
            .AddGraphTransports()
            .AddTrustedDocuments([Registered])
            .AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, LibraryCards>("Bearer", null);
        _app = builder.Build();
        _app.MapShopGraph("/graphql");
    }

    public FakeTimeProvider Clock { get; } = new();

    public Changes Changes => _app.Services.GetRequiredService<Changes>();

    /// <summary>Whether what it reads from is away.</summary>
    public bool IsAway
    {
        set => _app.Services.GetRequiredService<KioskReads>().IsAway = value;
    }

    /// <summary>How often something was read so far.</summary>
    public int Reads => _app.Services.GetRequiredService<KioskReads>().Count;

    public static async Task<Kiosk> OpenAsync(params (string Name, string Value)[] settings)
    {
        var kiosk = new Kiosk(settings);
        await kiosk._app.StartAsync();
        return kiosk;
    }

    /// <summary>Asks in the words of a client that writes plainly.</summary>
    public Task<string> AskAsync(string query, object? variables = null, string? credential = null) =>
        SendAsync(JsonSerializer.Serialize(new { query, variables }), credential);

    public async Task<string> SendAsync(string body, string? credential = null)
    {
        using var answer = await PostAsync(body, credential);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> PostAsync(
        string body,
        string? credential = null,
        string accept = "application/json"
    )
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", credential);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await _client.SendAsync(request);
    }

    public Task<string> GetAsync(string query) =>
        _client.GetStringAsync(new Uri($"{Address}?query={Uri.EscapeDataString(query)}"));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private Uri Address => new(_app.Urls.Single() + "/graphql");
}

/// <summary>Counts.</summary>
internal sealed class KioskReads
{
    private int _count;

    public int Count => _count;

    /// <summary>Whether what is read from is away.</summary>
    public bool IsAway { get; set; }

    public int Next() => Interlocked.Increment(ref _count);
}

/// <summary>Each field tells the how manieth read of the kiosk it was.</summary>
internal sealed class KioskQueries(KioskReads reads)
{
    /// <summary>For everybody.</summary>
    [Public(Kiosk.News)]
    public string Headline(string? about) =>
        reads.IsAway ? throw new NpgsqlException("Nobody is there.") : $"{reads.Next()} {about}";

    /// <summary>For everybody.</summary>
    [Public(Kiosk.News)]
    public string Corner(CornerInput of) => $"{reads.Next()} {of.P} {string.Join(' ', of.Q)}";

    /// <summary>For everybody; changes more often.</summary>
    [Public(Kiosk.Copies)]
    public int Left() => reads.Next();

    /// <summary>For whoever asks.</summary>
    public string? Me(IResolveFieldContext asked) => $"{reads.Next()} {asked.User?.Identity?.Name}";

    /// <summary>Says that it is for everybody, and is not.</summary>
    [Public]
    public string? Liar(IResolveFieldContext asked) => $"{reads.Next()} {asked.User?.Identity?.Name}";

    /// <summary>For everybody, if it were whole.</summary>
    [Public]
    public int? Torn() => throw new InvalidOperationException($"Read {reads.Next()} times.");
}

/// <summary>A place in the kiosk.</summary>
/// <param name="P">A number.</param>
/// <param name="Q">Some numbers.</param>
internal sealed record CornerInput(int P, IReadOnlyList<int> Q);

/// <summary>Changes nothing but the count.</summary>
internal sealed class KioskMutations(KioskReads reads)
{
    /// <summary>Buys.</summary>
    public int Buy() => reads.Next();
}

/// <summary>The kiosk's schema.</summary>
internal sealed class KioskModule : IGraphModule
{
    public void Configure(GraphModuleBuilder graph) => graph.Query<KioskQueries>().Mutation<KioskMutations>();
}
