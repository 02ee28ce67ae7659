using Shop.Data.Carts;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Carts;

public sealed class CartStoreOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : CartStoreTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class CartStoreOnRedisTests(RealRedisFixture server)
    : CartStoreTests(server),
        IClassFixture<RealRedisFixture>;

public abstract class CartStoreTests(RedisFixture server) : CartTests(server)
{
    [Fact]
    public async Task A_new_cart_holds_what_was_put_in_all_ticked()
    {
        var cart = await NewCartAsync(Units(2, variant: 7), Units(1, variant: 8, price: long.MaxValue));

        Assert.Equal("2×7 1×8", Shown(cart));
        Assert.Equal((1, "GBP", 3), (cart.Version, cart.Currency, cart.Quantity));
        Assert.Equal("SKU-8", cart.Lines[1].Sku);
        Assert.Equal(new(long.MaxValue, "GBP"), cart.Lines[1].SeenPrice);
        Assert.Equal(Clock.GetUtcNow(), cart.UpdatedAt);
        Assert.Equal(Clock.GetUtcNow().AddDays(30), cart.ExpiresAt);
        Assert.Equivalent(cart, await FindAsync(cart), strict: true);
    }

    [Fact]
    public async Task A_cart_can_be_empty()
    {
        var cart = await NewCartAsync();

        Assert.Empty(cart.Lines);
        Assert.Equal(1, (await FindAsync(cart)).Version);
    }

    [Fact]
    public async Task Ids_larger_than_a_double_is_exact_and_odd_SKUs_come_back_whole()
    {
        var item = new CartItem(new(long.MaxValue), "A:1:é", 1, new(9_007_199_254_740_993, "GBP"));

        var line = (await NewCartAsync(item)).Lines[0];

        Assert.Equal((item.Variant, item.Sku, item.Price), (line.Id.Variant, line.Sku, line.SeenPrice));
    }

    [Fact]
    public async Task More_of_the_same_variant_adds_up_in_its_line()
    {
        var cart = await NewCartAsync(Units(2, variant: 7), Units(1, variant: 7));

        var after = await AddAsync(cart, Units(4, variant: 7, price: 99), Units(1, variant: 9));

        Assert.Equal("7×7 1×9", Shown(after));
        Assert.Equal(99, after.Lines[0].SeenPrice.Minor);
        Assert.Equal(2, after.Version);
    }

    [Fact]
    public async Task Adding_more_leaves_the_tick_of_a_line_as_it_is()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        cart = await SelectAsync(cart, selected: false, cart.Lines[0]);

        Assert.Equal("3×7-", Shown(await AddAsync(cart, Units(2, variant: 7))));
    }

    [Fact]
    public async Task A_quantity_can_be_set_and_the_price_then_counts_as_seen()
    {
        var cart = await NewCartAsync(Units(2, variant: 7), Units(2, variant: 8));

        var after = await UpdateAsync(cart, cart.Lines[1], quantity: 5, price: 80);

        Assert.Equal("2×7 5×8", Shown(after));
        Assert.Equal(80, after.Lines[1].SeenPrice.Minor);
    }

    [Fact]
    public async Task Quantity_zero_takes_the_line_out()
    {
        var cart = await NewCartAsync(Units(2, variant: 7), Units(2, variant: 8));

        Assert.Equal("2×8", Shown(await UpdateAsync(cart, cart.Lines[0], quantity: 0)));
    }

    [Fact]
    public async Task Removing_takes_lines_out_and_can_be_repeated()
    {
        var cart = await NewCartAsync(Units(1, variant: 7), Units(2, variant: 8), Units(3, variant: 9));
        var lines = new[] { cart.Lines[0].Id, cart.Lines[2].Id };

        var once = Done(await Carts.RemoveAsync(cart.Id, lines, ifVersion: null, CancellationToken.None));
        var twice = Done(await Carts.RemoveAsync(cart.Id, lines, ifVersion: null, CancellationToken.None));

        Assert.Equal("2×8", Shown(once));
        Assert.Equal((2, 2), (once.Version, twice.Version));
    }

    [Fact]
    public async Task A_line_that_takes_a_freed_slot_is_last_and_is_not_reached_by_the_old_name()
    {
        var cart = await NewCartAsync(Units(1, variant: 7), Units(1, variant: 8));
        var old = cart.Lines[0];
        cart = await UpdateAsync(cart, old, quantity: 0);
        cart = await AddAsync(cart, Units(1, variant: 9));

        Assert.Equal("1×8 1×9", Shown(cart));
        Assert.Equal(old.Id.Slot, cart.Lines[1].Id.Slot);
        Assert.Equal(
            new CartResult.LineNotFound(0),
            await Carts.UpdateAsync(cart.Id, [new(old.Id, 5, old.SeenPrice)], null, CancellationToken.None)
        );
        Assert.Equal("1×8 1×9", Shown(await FindAsync(cart)));
    }

    [Fact]
    public async Task Lines_are_ticked_and_unticked_one_by_one_or_all_together()
    {
        var cart = await NewCartAsync(Units(1, variant: 7), Units(1, variant: 8), Units(1, variant: 9));

        cart = await SelectAsync(cart, selected: false, cart.Lines[0], cart.Lines[2]);
        Assert.Equal("1×7- 1×8 1×9-", Shown(cart));
        Assert.Equal([8], cart.SelectedLines.Select(line => line.Id.Variant.Value));

        var all = Done(await Carts.SelectAsync(cart.Id, lines: null, true, null, CancellationToken.None));
        Assert.Equal("1×7 1×8 1×9", Shown(all));

        Assert.Equal("1×7 1×8 1×9", Shown(await SelectAsync(all, selected: false)));
    }

    [Fact]
    public async Task The_version_rises_by_one_with_a_change_and_only_then()
    {
        var cart = await NewCartAsync(Units(1, variant: 7), Units(1, variant: 8));

        Assert.Equal(1, (await UpdateAsync(cart, cart.Lines[0], quantity: 1)).Version);
        Assert.Equal(1, (await SelectAsync(cart, selected: true, cart.Lines[0])).Version);
        Assert.Equal(2, (await SelectAsync(cart, selected: false, [.. cart.Lines])).Version);
        Assert.Equal(3, (await UpdateAsync(cart, cart.Lines[0], quantity: 0)).Version);
        Assert.Equal(4, (await AddAsync(cart, Units(1, 10), Units(1, 11))).Version);
    }

    [Fact]
    public async Task A_change_of_another_version_than_the_one_asked_for_is_refused()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        var line = cart.Lines[0];
        await AddAsync(cart, Units(1, variant: 7));
        var conflict = new CartResult.VersionConflict(CurrentVersion: 2);

        Assert.Equal(conflict, await Carts.AddAsync(cart.Id, [Units(1, 8)], 1, CancellationToken.None));
        Assert.Equal(
            conflict,
            await Carts.UpdateAsync(cart.Id, [new(line.Id, 0, line.SeenPrice)], 1, CancellationToken.None)
        );
        Assert.Equal(conflict, await Carts.RemoveAsync(cart.Id, [line.Id], 1, CancellationToken.None));
        Assert.Equal(conflict, await Carts.SelectAsync(cart.Id, null, false, 1, CancellationToken.None));
        Assert.Equal("2×7", Shown(await FindAsync(cart)));

        Assert.Equal(
            "2×7 1×8",
            Shown(Done(await Carts.AddAsync(cart.Id, [Units(1, 8)], 2, CancellationToken.None)))
        );
    }

    [Fact]
    public async Task A_cart_that_never_was_is_not_found()
    {
        var none = CartId.Make();
        var line = new CartLineId(0, new(7));

        Assert.Null(await Carts.FindAsync(none, CancellationToken.None));
        Assert.Equal(
            new CartResult.NotFound(),
            await Carts.AddAsync(none, [Units(1, 7)], null, CancellationToken.None)
        );
        Assert.Equal(
            new CartResult.NotFound(),
            await Carts.UpdateAsync(none, [new(line, 1, new(1, "GBP"))], null, CancellationToken.None)
        );
        Assert.Equal(
            new CartResult.NotFound(),
            await Carts.RemoveAsync(none, [line], null, CancellationToken.None)
        );
        Assert.Equal(
            new CartResult.NotFound(),
            await Carts.SelectAsync(none, null, true, null, CancellationToken.None)
        );
        Assert.Equal(
            new CartResult.NotFound(),
            await Carts.RemoveOrderedAsync(none, 1, CancellationToken.None)
        );
    }

    [Fact]
    public async Task Each_change_is_told_to_the_carts_channel_with_its_version()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        var queue = await Redis
            .Multiplexer.GetSubscriber()
            .SubscribeAsync(RedisChannel.Literal(CartStore.ChannelOf(cart.Id)));

        await SelectAsync(cart, selected: true, cart.Lines[0]);
        await UpdateAsync(cart, cart.Lines[0], quantity: 2);
        await UpdateAsync(cart, cart.Lines[0], quantity: 0);

        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Assert.Equal(2, (int)(await queue.ReadAsync(end.Token)).Message);
        Assert.Equal(3, (int)(await queue.ReadAsync(end.Token)).Message);
    }
}
