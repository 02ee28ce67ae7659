using Shop.Data.Carts;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Carts;

public sealed class CartLimitsOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : CartLimitTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class CartLimitsOnRedisTests(RealRedisFixture server)
    : CartLimitTests(server),
        IClassFixture<RealRedisFixture>;

public abstract class CartLimitTests(RedisFixture server) : CartTests(server)
{
    private const int Most = Cart.MaxQuantity;

    [Fact]
    public async Task A_full_cart_takes_more_of_what_it_has_but_nothing_new()
    {
        var cart = await FullCartAsync();

        Assert.Equal(200, cart.Lines.Count);
        Assert.Equal(
            new CartResult.TooManyLines(Index: 1),
            await Carts.AddAsync(cart.Id, [Units(1, 5), Units(1, 1000)], null, CancellationToken.None)
        );
        Assert.Equivalent(cart, await FindAsync(cart), strict: true);

        Assert.Equal(2, (await AddAsync(cart, Units(1, variant: 200))).Lines[^1].Quantity);
    }

    [Fact]
    public async Task All_ticks_of_a_full_cart_are_its_own()
    {
        var cart = await FullCartAsync();
        var odd = cart.Lines.Where(line => line.Id.Slot % 2 == 1).ToArray();

        cart = await SelectAsync(cart, selected: false, odd);

        Assert.All(cart.Lines, line => Assert.Equal(line.Id.Slot % 2 == 0, line.IsSelected));
    }

    [Fact]
    public async Task More_of_one_variant_than_allowed_refuses_the_whole_change()
    {
        var cart = await NewCartAsync(Units(Most, variant: 7));
        var line = cart.Lines[0];

        Assert.Equal(
            new CartResult.QuantityTooLarge(Index: 1),
            await Carts.AddAsync(cart.Id, [Units(1, 8), Units(1, 7)], null, CancellationToken.None)
        );
        Assert.Equal(
            new CartResult.QuantityTooLarge(Index: 0),
            await Carts.UpdateAsync(
                cart.Id,
                [new(line.Id, Most + 1, line.SeenPrice)],
                null,
                CancellationToken.None
            )
        );
        Assert.Equivalent(cart, await FindAsync(cart), strict: true);
    }

    [Fact]
    public async Task A_cart_is_not_made_where_what_is_put_in_is_too_much() =>
        Assert.Equal(
            new CartResult.QuantityTooLarge(Index: 0),
            await Carts.CreateAsync("GBP", [Units(Most + 1, variant: 7)], CancellationToken.None)
        );

    [Fact]
    public async Task A_price_in_another_currency_is_refused()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        var refused = new CartResult.OtherCurrency(Index: 1);
        CartItem[] items = [Units(1, 8), Units(1, 9, currency: "EUR")];

        Assert.Equal(refused, await Carts.AddAsync(cart.Id, items, null, CancellationToken.None));
        Assert.Equal(refused, await Carts.CreateAsync("GBP", items, CancellationToken.None));
        Assert.Equivalent(cart, await FindAsync(cart), strict: true);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    public void What_is_put_in_has_a_quantity_and_a_price(int quantity, long price) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Units(quantity, variant: 7, price));

    private Task<Cart> FullCartAsync() =>
        NewCartAsync([.. Enumerable.Range(1, 200).Select(variant => Units(1, variant))]);
}
