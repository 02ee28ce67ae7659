using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shop.GraphQL.Engine.Documents;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Transport.Http;

public sealed class PersistedQueriesOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : PersistedQueryTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class PersistedQueriesOnRedisTests(RealRedisFixture server)
    : PersistedQueryTests(server),
        IClassFixture<RealRedisFixture>;

/// <summary>Automatic persisted queries, as Apollo's clients speak of them.</summary>
public abstract class PersistedQueryTests(RedisFixture server) : IAsyncDisposable
{
    private const string NotFound =
        """{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""";

    private readonly List<LibraryHost> _hosts = [];

    // Its own in each test: what is registered stays.
    private readonly string _query =
        $"query Q{Guid.CreateVersion7():n} {{ book(by: {{ title: \"Volume 7\" }}) {{ title }} }}";

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_query_is_sent_once_and_named_from_then_on_to_any_node()
    {
        var one = await StartAsync();
        var other = await StartAsync();

        Assert.Equal(NotFound, await ByHashAsync(one));
        Assert.Equal(NotFound, await ByHashAsync(one));
        Assert.Contains("Volume 7", await WithTextAsync(one), StringComparison.Ordinal);
        Assert.Contains("Volume 7", await ByHashAsync(one), StringComparison.Ordinal);
        Assert.Contains("Volume 7", await ByHashAsync(other), StringComparison.Ordinal);
        Assert.Contains(
            "Volume 7",
            await ReadAsync(await other.GetAsync($"documentId=sha256:{TrustedDocument.IdOf(_query)}")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_query_with_the_hash_of_another_one_is_refused_and_not_kept()
    {
        var host = await StartAsync();
        var lie = JsonSerializer.Serialize(
            new
            {
                query = "query Lie { books { nodes { title } } }",
                extensions = Named(TrustedDocument.IdOf(_query)),
            }
        );

        Assert.Contains("BAD_REQUEST", await ReadAsync(await host.PostAsync(lie)), StringComparison.Ordinal);
        Assert.Equal(NotFound, await ByHashAsync(host));
    }

    [Theory]
    [InlineData("query Q { nothing }")]
    [InlineData("query Q {")]
    [InlineData("query Q { books(first: 101) { nodes { title } } }")]
    public async Task A_query_that_nobody_can_run_is_not_kept(string query)
    {
        var host = await StartAsync();
        var hash = TrustedDocument.IdOf(query);

        Assert.Contains(
            "errors",
            await ReadAsync(
                await host.PostAsync(JsonSerializer.Serialize(new { query, extensions = Named(hash) }))
            ),
            StringComparison.Ordinal
        );
        Assert.Equal(
            NotFound,
            await ReadAsync(await host.PostAsync(JsonSerializer.Serialize(new { extensions = Named(hash) })))
        );
    }

    [Fact]
    public async Task A_shop_may_do_without()
    {
        await WithTextAsync(await StartAsync());
        var host = await StartAsync(("Automatic", "false"));

        Assert.Contains("\"PersistedQueryNotSupported\"", await ByHashAsync(host), StringComparison.Ordinal);
        Assert.Contains("Volume 7", await WithTextAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registered_documents_only_means_none_that_clients_have_registered()
    {
        await WithTextAsync(await StartAsync());
        var host = await StartAsync(("TrustedOnly", "true"));

        Assert.Contains("DOCUMENT_NOT_TRUSTED", await ByHashAsync(host), StringComparison.Ordinal);
        Assert.Contains("DOCUMENT_NOT_TRUSTED", await WithTextAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_one_too_many_the_one_goes_that_was_used_longest_ago()
    {
        var host = await StartAsync(("AutomaticCapacity", "1"));
        await WithTextAsync(host);
        foreach (var n in Enumerable.Range(0, 3))
        {
            var query = $"query More{n} {{ books(first: 1) {{ nodes {{ title }} }} }}";
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.PostAsync(
                JsonSerializer.Serialize(new { query, extensions = Named(TrustedDocument.IdOf(query)) })
            );
        }

        Assert.Equal(NotFound, await ByHashAsync(await StartAsync()));
    }

    [Fact]
    public async Task Without_Redis_clients_send_what_they_would_have_named()
    {
        await using var gone = await ConnectionMultiplexer.ConnectAsync(
            "127.0.0.1:1,abortConnect=false,connectTimeout=100,syncTimeout=100,asyncTimeout=100"
        );
        var host = await StartAsync(gone);

        Assert.Equal(NotFound, await ByHashAsync(host));
        Assert.Contains("Volume 7", await WithTextAsync(host), StringComparison.Ordinal);
        // This node remembers by itself.
        Assert.Contains("Volume 7", await ByHashAsync(host), StringComparison.Ordinal);
    }

    private Task<LibraryHost> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(server.Redis, settings);

    private async Task<LibraryHost> StartAsync(
        IConnectionMultiplexer redis,
        params (string Name, string Value)[] settings
    )
    {
        var host = new LibraryHost(builder =>
        {
            builder.Services.AddSingleton(redis);
            foreach (var (name, value) in settings)
            {
                builder.Configuration[$"GraphQL:Documents:{name}"] = value;
            }
        });
        _hosts.Add(host);
        await host.InitializeAsync();
        return host;
    }

    private async Task<string> ByHashAsync(LibraryHost host) =>
        await ReadAsync(
            await host.PostAsync(
                JsonSerializer.Serialize(new { extensions = Named(TrustedDocument.IdOf(_query)) })
            )
        );

    private async Task<string> WithTextAsync(LibraryHost host) =>
        await ReadAsync(
            await host.PostAsync(
                JsonSerializer.Serialize(
                    new { query = _query, extensions = Named(TrustedDocument.IdOf(_query)) }
                )
            )
        );

    private static object Named(string hash) =>
        new { persistedQuery = new { version = 1, sha256Hash = hash } };

    // Without what differs from one request to the next.
    private static async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            body["errors"]?[0]?["extensions"]?.AsObject().Remove("traceId");
            return body.ToJsonString();
        }
    }
}
