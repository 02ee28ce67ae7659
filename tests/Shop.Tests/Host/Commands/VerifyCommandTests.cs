using Shop.Data.Carts;
using Shop.GraphQL.Host.Commands;
using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Host.Commands;

/// <summary>What <c>./shop verify</c> mends, in a shop of its own: it waits for messages that are under way.</summary>
public sealed class VerifyCommandTests(ShopFixture shop) : IClassFixture<ShopFixture>, IDisposable
{
    private readonly StringWriter _said = new();

    private Steps Steps => new(_said, isTerminal: false, TimeProvider.System);

    [Fact]
    public async Task Verify_mends_what_of_carts_would_be_kept_for_ever_when_it_is_asked_to()
    {
        var made = await shop.Get<CartStore>().CreateAsync("GBP", [], CancellationToken.None);
        RedisKey key = $"cart:{{{Assert.IsType<CartResult.Done>(made).Cart.Id.Secret}}}:all";
        var redis = shop.Get<IConnectionMultiplexer>().GetDatabase();
        await redis.KeyPersistAsync(key);

        await VerifyCommand.RunAsync(mends: true, shop.Services, Steps, CancellationToken.None);

        Assert.Contains(
            "Carts: 1 keys had no expiry, and have one now.",
            _said.ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("never expire", _said.ToString(), StringComparison.Ordinal);
        Assert.NotNull(await redis.KeyTimeToLiveAsync(key));
    }

    public void Dispose() => _said.Dispose();
}
