using Shop.Data.Carts;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Carts;

public sealed class OrderedCartsOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : OrderedCartTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class OrderedCartsOnRedisTests(RealRedisFixture server)
    : OrderedCartTests(server),
        IClassFixture<RealRedisFixture>;

public abstract class OrderedCartTests(RedisFixture server) : CartTests(server)
{
    [Fact]
    public async Task What_was_ordered_leaves_the_cart_once()
    {
        var cart = await NewCartAsync(Units(1, variant: 7), Units(1, variant: 8));
        cart = await SelectAsync(cart, selected: false, cart.Lines[1]);

        var after = await RemoveOrderedAsync(cart);

        Assert.Equal("1×8-", Shown(after));
        Assert.Equal(cart.Version + 1, after.Version);
        Assert.Equivalent(after, await RemoveOrderedAsync(cart), strict: true);
    }

    [Fact]
    public async Task What_the_shopper_changed_after_the_order_stays()
    {
        var ordered = await NewCartAsync(
            Units(1, variant: 1),
            Units(1, variant: 2),
            Units(1, variant: 3),
            Units(1, variant: 4)
        );
        ordered = await SelectAsync(ordered, selected: false, ordered.Lines[2]);

        await UpdateAsync(ordered, ordered.Lines[1], quantity: 5);
        await SelectAsync(ordered, selected: true, ordered.Lines[2]);
        await SelectAsync(ordered, selected: false, ordered.Lines[3]);
        await AddAsync(ordered, Units(1, variant: 9));

        Assert.Equal("5×2 1×3 1×4- 1×9", Shown(await RemoveOrderedAsync(ordered)));
    }

    private async Task<Cart> RemoveOrderedAsync(Cart ordered) =>
        Done(await Carts.RemoveOrderedAsync(ordered.Id, ordered.Version, CancellationToken.None));
}
