using Microsoft.Extensions.Time.Testing;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

public sealed class RecentTextsOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : RecentTextsTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class RecentTextsOnRedisTests(RealRedisFixture server)
    : RecentTextsTests(server),
        IClassFixture<RealRedisFixture>;

public abstract class RecentTextsTests(RedisFixture server)
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(7);

    private readonly FakeTimeProvider _clock = new(ShopHost.Now);
    private readonly string _name = $"{Guid.CreateVersion7():n}";

    private RecentTexts Texts => new(server.Redis, _clock, _name, capacity: 3, _lifetime);

    [Fact]
    public async Task What_one_node_keeps_another_finds()
    {
        await Texts.KeepAsync("a", "it's — a text", default);

        Assert.Equal("it's — a text", await Texts.FindAsync("a", default));
        Assert.Null(await Texts.FindAsync("b", default));
        Assert.Equal(1, await Texts.KeepAsync("a", "another", default));
        Assert.Equal("another", await Texts.FindAsync("a", default));
    }

    [Fact]
    public async Task Of_one_too_many_the_one_goes_that_was_used_longest_ago()
    {
        var texts = Texts;
        foreach (var key in new[] { "a", "b", "c" })
        {
            await texts.KeepAsync(key, key, default);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await texts.FindAsync("a", default);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(3, await texts.KeepAsync("d", "d", default));
        Assert.Equal("a c d", await KeptAsync("a", "b", "c", "d"));
        Assert.Equal(3, await server.Redis.GetDatabase().HashLengthAsync($"texts:{{{_name}}}"));
    }

    [Fact]
    public async Task What_nobody_uses_for_a_lifetime_is_gone()
    {
        await Texts.KeepAsync("a", "a", default);
        await Texts.KeepAsync("b", "b", default);
        _clock.Advance(_lifetime - TimeSpan.FromSeconds(1));
        await Texts.FindAsync("b", default);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("b", await KeptAsync("a", "b"));
        Assert.Equal(2, await Texts.KeepAsync("c", "c", default));
        Assert.Equal(2, await server.Redis.GetDatabase().HashLengthAsync($"texts:{{{_name}}}"));
    }

    [Fact]
    public async Task A_shop_that_is_closed_leaves_nothing_behind_for_ever()
    {
        await Texts.KeepAsync("a", "a", default);

        foreach (var key in new[] { $"texts:{{{_name}}}", $"texts:{{{_name}}}:used" })
        {
            Assert.InRange(
                await server.Redis.GetDatabase().KeyTimeToLiveAsync(key) ?? default,
                _lifetime - TimeSpan.FromMinutes(1),
                _lifetime
            );
        }
    }

    private async Task<string> KeptAsync(params string[] keys)
    {
        var kept = new List<string>();
        foreach (var key in keys)
        {
            if (await Texts.FindAsync(key, default) is { } text)
            {
                kept.Add(text);
            }
        }

        return string.Join(' ', kept);
    }
}
