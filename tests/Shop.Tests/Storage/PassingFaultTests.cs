using System.Net.Http.Json;
using System.Text.Json;
using Shop.Data.Accounts;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Storage;

/// <summary>What a store fails with and the request is not at fault for: its client may send the same again, and is told so.</summary>
public sealed class PassingFaultTests(PassingFaultTests.Node node) : IClassFixture<PassingFaultTests.Node>
{
    private const string CreateCart = "mutation { cartCreate(input: {}) { cart { version } } }";

    [Theory]
    [InlineData("40001")] // it met other work, or a replica that had to go on
    [InlineData("40P01")] // deadlock
    [InlineData("55P03")] // waited for a lock
    [InlineData("53100")] // disk full
    [InlineData("58030")] // the disk fails
    public async Task What_PostgreSQL_did_not_do_this_time_is_done_the_next(string code)
    {
        var register = $$"""
            mutation {
              customerRegister(input: {email: "{{code}}@example.com", name: "Ada", password: "a good long word"}) {
                problems { code }
              }
            }
            """;
        await node.ExecuteAsync(
            $"""
            create function accounts.refuse() returns trigger language plpgsql as
                $$ begin raise exception 'a fault that was planted' using errcode = '{code}'; end $$;
            create trigger refuse before insert on accounts.customer execute function accounts.refuse();
            """
        );
        var refused = await node.AskAsync(register);
        await node.ExecuteAsync("drop function accounts.refuse cascade");

        Assert.Equal("THROTTLED", CodeOf(refused));
        Assert.DoesNotContain("planted", refused, StringComparison.Ordinal);
        // A server without room is left alone for a second.
        await Eventually.TrueAsync(async () => CodeOf(await node.AskAsync(register)) is null);
    }

    [Fact]
    public async Task A_Redis_that_is_reached_and_does_not_answer_is_away()
    {
        Assert.SkipWhen(node.Redis is null, "redis-server is not installed.");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(node.Redis);

        await redis.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", "60000", "WRITE");
        var refused = await node.AskAsync(CreateCart);
        await redis.GetDatabase().ExecuteAsync("CLIENT", "UNPAUSE");

        Assert.Equal("THROTTLED", CodeOf(refused));
        Assert.Null(CodeOf(await node.AskAsync(CreateCart)));
    }

    private static string? CodeOf(string answer) =>
        JsonSerializer.Deserialize<JsonElement>(answer).TryGetProperty("errors", out var errors)
            ? errors[0].GetProperty("extensions").GetProperty("code").GetString()
            : null;

    /// <summary>A web host, and a redis-server where one is installed.</summary>
    public sealed class Node : IAsyncLifetime
    {
        private readonly ShopFixture _shop = new();
        private readonly HttpClient _client = new();
        private RedisServer? _redis;
        private ShopNode? _node;

        /// <summary>How an administrator reaches the redis-server; null where there is none.</summary>
        public string? Redis => _redis is null ? null : $"{_redis.ConnectionString},allowAdmin=true";

        public async ValueTask InitializeAsync()
        {
            await _shop.InitializeAsync();
            _redis = await RedisServer.TryStartRealAsync();
            _node = await ShopNode.StartAsync(
                _shop.Postgres,
                _redis?.ConnectionString ?? _shop.Redis,
                TimeProvider.System
            );
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await (_node?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_redis?.DisposeAsync() ?? ValueTask.CompletedTask);
            await _shop.DisposeAsync();
        }

        /// <summary>The whole answer.</summary>
        public async Task<string> AskAsync(string query)
        {
            using var answer = await _client.PostAsJsonAsync(_node!.Address, new { query });
            return await answer.Content.ReadAsStringAsync();
        }

        public async Task ExecuteAsync(string statements)
        {
            await using var command = _shop.Get<Database<AccountsDb>>().Primary.CreateCommand(statements);
            await command.ExecuteNonQueryAsync();
        }
    }
}
