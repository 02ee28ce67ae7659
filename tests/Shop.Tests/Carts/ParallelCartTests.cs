using Shop.Data.Carts;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Carts;

public sealed class ParallelCartsOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : ParallelCartTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class ParallelCartsOnRedisTests(RealRedisFixture server)
    : ParallelCartTests(server),
        IClassFixture<RealRedisFixture>;

public abstract class ParallelCartTests(RedisFixture server) : CartTests(server)
{
    [Fact]
    public async Task Parallel_changes_lose_nothing()
    {
        var cart = await NewCartAsync(Units(1, variant: 1), Units(1, variant: 2));
        cart = await SelectAsync(cart, selected: false, cart.Lines[1]);

        await Parallel.ForAsync(
            0,
            400,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, cancel) =>
                await Carts.AddAsync(cart.Id, [Units(1, variant: i % 100), Units(1, 1)], null, cancel)
        );

        var after = await FindAsync(cart);
        // Variants 0 to 99 four times each; variant 1 was there once and came with each call, too.
        Assert.Equal(402, after.Version);
        Assert.Equal(1 + 400 + 4, after.Lines[0].Quantity);
        Assert.Equal(5, after.Lines[1].Quantity);
        Assert.All(after.Lines.Skip(2), line => Assert.Equal(4, line.Quantity));
        Assert.Equal(100, after.Lines.Count);
        Assert.Equal(99, after.SelectedLines.Count());
        Assert.False(after.Lines[1].IsSelected);
        Assert.Equal(100, after.Lines.Select(line => line.Id.Slot).Distinct().Count());
    }

    [Fact]
    public async Task Of_many_who_ask_for_the_same_version_one_wins()
    {
        var cart = await NewCartAsync(Units(1, variant: 1));

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(_ => Carts.AddAsync(cart.Id, [Units(1, 1)], cart.Version, CancellationToken.None))
        );

        Assert.Single(results.OfType<CartResult.Done>());
        Assert.Equal(31, results.Count(result => result == new CartResult.VersionConflict(2)));
        Assert.Equal("2×1", Shown(await FindAsync(cart)));
    }
}
