using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Storage.Breakers;
using Shop.GraphQL.Admission;
using Shop.Tests.Fixtures;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Admission;

/// <summary>The library, with a file of rules at its door and a clock that stands still.</summary>
internal sealed class RuledLibrary : IAsyncDisposable
{
    private RuledLibrary(string rules, Breaker[] breakers)
    {
        Path = System.IO.Path.Combine(RunFolder.Make("rules"), "rules.json");
        File.WriteAllText(Path, rules);
        Host = new(builder =>
        {
            builder.Configuration["Admission:Rules"] = Path;
            builder.Services.AddBreakers(_ => breakers).AddAdmission(builder.Configuration);
        });
    }

    /// <summary>Where the rules are.</summary>
    public string Path { get; }

    /// <summary>The library.</summary>
    public LibraryHost Host { get; }

    /// <summary>The rules as it has them.</summary>
    public RuleFile Rules => Host.Services.GetRequiredService<RuleFile>();

    public static async Task<RuledLibrary> OpenAsync(string rules, params Breaker[] breakers)
    {
        var library = new RuledLibrary(rules, breakers);
        await library.Host.InitializeAsync();
        return library;
    }

    /// <summary>Has other rules from now on.</summary>
    public void Write(string rules)
    {
        File.WriteAllText(Path, rules);
        Rules.Look();
    }

    /// <summary>The rule that refuses an operation; null where it is answered.</summary>
    public async Task<string?> RefusedByAsync(string query, object? variables = null)
    {
        using var answer = await Host.PostAsync(JsonSerializer.Serialize(new { query, variables }));
        var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        if (body.TryGetProperty("data", out var data))
        {
            Assert.Equal(JsonValueKind.Object, data.ValueKind);
            return null;
        }

        return body.GetProperty("errors")[0].GetProperty("extensions").GetProperty("rule").GetString();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
