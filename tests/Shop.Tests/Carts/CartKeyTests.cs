using Shop.Data.Carts;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Carts;

public sealed class CartKeysOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : CartKeyTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class CartKeysOnRedisTests(RealRedisFixture server)
    : CartKeyTests(server),
        IClassFixture<RealRedisFixture>;

public abstract class CartKeyTests(RedisFixture server) : CartTests(server)
{
    private static readonly TimeSpan _month = TimeSpan.FromDays(30);

    [Fact]
    public async Task A_cart_is_one_key_which_expires()
    {
        var guest = await NewCartAsync(Units(1, variant: 7));
        var cart = await NewCartAsync(Units(1, variant: 8));
        cart = Done(await MergeCarts.RunAsync(guest.Id, cart.Id, null, CancellationToken.None));

        Assert.Empty(await KeysAsync(guest));
        var key = Assert.Single(await KeysAsync(cart));
        Assert.InRange(await TimeToLiveAsync(key), _month - TimeSpan.FromMinutes(1), _month);
    }

    [Fact]
    public async Task Every_change_keeps_the_cart_for_another_month()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        await PassTwoDaysAsync(cart);
        Clock.Advance(TimeSpan.FromHours(5));

        cart = await UpdateAsync(cart, cart.Lines[0], quantity: 2);

        Assert.Equal(Clock.GetUtcNow() + _month, cart.ExpiresAt);
        Assert.All(
            await KeysAsync(cart),
            key => Assert.True(Redis.KeyTimeToLive(key) > TimeSpan.FromDays(29))
        );
    }

    [Fact]
    public async Task Reading_keeps_the_cart_for_another_month_once_a_day()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(cart.ExpiresAt, (await FindAsync(cart)).ExpiresAt);

        await PassTwoDaysAsync(cart);
        var read = await FindAsync(cart);

        Assert.Equal(Clock.GetUtcNow() + _month, read.ExpiresAt);
        Assert.Equal((cart.Version, cart.UpdatedAt), (read.Version, read.UpdatedAt));
        Assert.All(
            await KeysAsync(cart),
            key => Assert.True(Redis.KeyTimeToLive(key) > TimeSpan.FromDays(29))
        );
    }

    [Fact]
    public void An_id_is_read_from_its_text_and_from_nothing_else()
    {
        var id = CartId.Make();

        Assert.True(CartId.TryParse(id.Secret, out var read));
        Assert.Equal(id, read);
        Assert.NotEqual(id, CartId.Make());
        Assert.False(CartId.TryParse(id.Secret + "0", out _));
        Assert.False(CartId.TryParse(new string('F', 32), out _));
        Assert.False(CartId.TryParse("", out _));
        Assert.DoesNotContain(id.Secret, $"{id}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_read_from_its_text_and_from_nothing_else()
    {
        var line = new CartLineId(199, new(long.MaxValue));

        Assert.True(CartLineId.TryParse(line.ToString(), out var read));
        Assert.Equal(line, read);
        foreach (
            var wrong in (string[])
                ["", "-", "1", "1-", "-1", "200-1", "1--1", "1-x", "1-99999999999999999999"]
        )
        {
            Assert.False(CartLineId.TryParse(wrong, out _), wrong);
        }
    }

    private async Task<List<RedisKey>> KeysAsync(Cart cart)
    {
        var keys = new List<RedisKey>();
        await foreach (
            var key in Redis.Multiplexer.GetServers()[0].KeysAsync(pattern: $"cart:{{{cart.Id.Secret}}}:*")
        )
        {
            keys.Add(key);
        }

        return keys;
    }

    private async Task<TimeSpan> TimeToLiveAsync(RedisKey key) =>
        await Redis.KeyTimeToLiveAsync(key) ?? TimeSpan.MaxValue;

    /// <summary>For the shop and for Redis.</summary>
    private async Task PassTwoDaysAsync(Cart cart)
    {
        Clock.Advance(TimeSpan.FromDays(2));
        foreach (var key in await KeysAsync(cart))
        {
            await Redis.KeyExpireAsync(key, _month - TimeSpan.FromDays(2));
        }
    }
}
