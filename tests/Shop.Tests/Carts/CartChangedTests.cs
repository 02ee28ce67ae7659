using GraphQL;
using Shop.Data.Carts;
using Shop.Data.Kernel;
using Shop.Data.Storage.PubSub;
using Shop.GraphQL.Carts;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Carts;

/// <summary>A cart, watched while it changes on other nodes.</summary>
public sealed class CartChangedTests(RealRedisFixture server)
    : CartTests(server),
        IClassFixture<RealRedisFixture>,
        IDisposable
{
    private readonly Signals _signals = new(server.Redis, TimeProvider.System);
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(30));

    [Fact]
    public async Task The_first_event_is_the_cart_now_and_then_each_change()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        await using var events = Watch(cart.Id);

        Assert.Equal(1, await NextVersionAsync(events));
        await AddAsync(cart, Units(1, variant: 7));
        Assert.Equal(2, await NextVersionAsync(events));
        Assert.Equal(2, events.Current.Quantity);
        await AddAsync(cart, Units(1, variant: 7));
        Assert.Equal(3, await NextVersionAsync(events));
    }

    [Fact]
    public async Task Whoever_comes_back_with_a_version_hears_only_of_later_ones()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        cart = await AddAsync(cart, Units(1, variant: 7));

        await using var behind = Watch(cart.Id, fromVersion: 1);
        Assert.Equal(2, await NextVersionAsync(behind));

        await using var upToDate = Watch(cart.Id, fromVersion: 2);
        var next = NextVersionAsync(upToDate);
        await AddAsync(cart, Units(1, variant: 7));
        Assert.Equal(3, await next);
    }

    [Fact]
    public async Task Whoever_reads_slowly_gets_the_newest_and_versions_only_rise()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        await using var events = Watch(cart.Id);
        await NextVersionAsync(events);

        await Parallel.ForAsync(0, 200, async (_, _) => await AddAsync(cart, Units(1, variant: 7)));

        var versions = new List<int>();
        do
        {
            versions.Add(await NextVersionAsync(events));
        } while (versions[^1] < 201);
        Assert.Equal(versions.Order(), versions);
        Assert.True(versions.Count < 20, string.Join(' ', versions));
    }

    [Fact]
    public async Task What_changed_while_the_connection_was_down_comes_when_it_is_back()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        await using var events = Watch(cart.Id);
        await NextVersionAsync(events);

        await Redis.ScriptEvaluateAsync(
            "redis.call('HINCRBY', KEYS[1], 'version', 1)",
            [$"cart:{{{cart.Id.Secret}}}:all"]
        );
        await Redis.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");

        Assert.Equal(2, await NextVersionAsync(events));
    }

    [Fact]
    public async Task It_ends_when_the_cart_has_gone_into_another_one()
    {
        var guest = await NewCartAsync();
        var cart = await NewCartAsync();
        await using var events = Watch(guest.Id);
        await NextVersionAsync(events);

        await MergeCarts.RunAsync(guest.Id, cart.Id, ifVersion: null, CancellationToken.None);

        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task A_cart_that_is_not_there_cannot_be_watched()
    {
        await using var events = Watch(CartId.Make());

        var error = await Assert.ThrowsAsync<ExecutionError>(async () => await events.MoveNextAsync());
        Assert.Equal(ErrorCode.NotFound, error.Code);
    }

    public void Dispose()
    {
        _signals.Dispose();
        _end.Dispose();
    }

    private IAsyncEnumerator<Shop.GraphQL.Carts.Cart> Watch(CartId cart, int? fromVersion = null) =>
        new CartSubscriptions(Carts, _signals, TimeProvider.System)
            .CartChanged(cart, fromVersion, _end.Token)
            .GetAsyncEnumerator(_end.Token);

    private static async Task<int> NextVersionAsync(IAsyncEnumerator<Shop.GraphQL.Carts.Cart> events)
    {
        Assert.True(await events.MoveNextAsync());
        return events.Current.Version;
    }
}
