using Shop.Data.Carts;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Carts;

public sealed class MergeCartsOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : MergeCartsTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class MergeCartsOnRedisTests(RealRedisFixture server)
    : MergeCartsTests(server),
        IClassFixture<RealRedisFixture>;

public abstract class MergeCartsTests(RedisFixture server) : CartTests(server)
{
    [Fact]
    public async Task A_guests_cart_goes_into_the_customers_and_is_gone()
    {
        var guest = await NewCartAsync(Units(2, variant: 7), Units(1, variant: 8), Units(1, variant: 9));
        guest = await SelectAsync(guest, selected: false, guest.Lines[0], guest.Lines[1]);
        var cart = await NewCartAsync(Units(1, variant: 7), Units(1, variant: 6));

        var merged = Done(await MergeAsync(guest, cart));

        Assert.Equal("3×7 1×6 1×8- 1×9", Shown(merged));
        Assert.Equal(2, merged.Version);
        Assert.Null(await Carts.FindAsync(guest.Id, CancellationToken.None));
    }

    [Fact]
    public async Task The_customers_cart_goes_on_where_it_goes_and_else_where_the_guests_goes()
    {
        var (york, delft) = (new Destination("GB", null, "YO1 7HH"), new Destination("NL", "NL-ZH"));
        var guest = Done(
            await Carts.SetDestinationAsync(
                (await NewCartAsync(Units(1, variant: 7))).Id,
                york,
                null,
                default
            )
        );
        var another = Done(
            await Carts.SetDestinationAsync(
                (await NewCartAsync(Units(1, variant: 7))).Id,
                delft,
                null,
                default
            )
        );
        var cart = await NewCartAsync();

        var merged = Done(await MergeAsync(guest, cart));
        var twice = Done(await MergeAsync(another, cart));

        Assert.Equal((york, york), (merged.Destination, twice.Destination));
    }

    [Fact]
    public async Task Repeating_it_adds_nothing_twice()
    {
        var guest = await NewCartAsync(Units(2, variant: 7));
        var cart = await NewCartAsync();
        var once = Done(await MergeAsync(guest, cart));

        Assert.Equivalent(once, Done(await MergeAsync(guest, cart)), strict: true);
    }

    [Fact]
    public async Task After_a_crash_behind_the_first_step_nothing_can_be_put_into_the_source_and_a_repeat_ends_it()
    {
        var guest = await NewCartAsync(Units(2, variant: 7));
        var cart = await NewCartAsync();
        await MergeCarts.CloseAsync(guest.Id, cart.Id, CancellationToken.None);

        Assert.Equal(
            new CartResult.NotFound(),
            await Carts.AddAsync(guest.Id, [Units(1, 8)], null, CancellationToken.None)
        );
        Assert.Null(await Carts.FindAsync(guest.Id, CancellationToken.None));

        Assert.Equal("2×7", Shown(Done(await MergeAsync(guest, cart))));
    }

    [Fact]
    public async Task After_a_crash_behind_the_second_step_a_repeat_deletes_the_source_and_adds_nothing()
    {
        var guest = await NewCartAsync(Units(2, variant: 7));
        var cart = await NewCartAsync();
        var closed = Done(await MergeCarts.CloseAsync(guest.Id, cart.Id, CancellationToken.None));
        await MergeCarts.TakeInAsync(closed, cart.Id, null, CancellationToken.None);
        await AddAsync(cart, Units(1, variant: 8));

        Assert.Equal("2×7 1×8", Shown(Done(await MergeAsync(guest, cart))));
        Assert.Equal(new CartResult.SourceNotFound(), await MergeAsync(guest, await NewCartAsync()));
        Assert.False(await Redis.KeyExistsAsync($"cart:{{{guest.Id.Secret}}}:all"));
    }

    [Fact]
    public async Task Many_at_once_add_nothing_twice()
    {
        var guest = await NewCartAsync(Units(2, variant: 7));
        var cart = await NewCartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => MergeAsync(guest, cart)));

        Assert.All(results, result => Assert.Equal("2×7", Shown(Done(result))));
    }

    [Fact]
    public async Task A_source_that_is_on_its_way_into_one_cart_does_not_go_into_another()
    {
        var guest = await NewCartAsync(Units(2, variant: 7));
        var (first, second) = (await NewCartAsync(), await NewCartAsync());
        await MergeCarts.CloseAsync(guest.Id, first.Id, CancellationToken.None);

        Assert.Equal(new CartResult.SourceNotFound(), await MergeAsync(guest, second));
        Assert.Equal("", Shown(await FindAsync(second)));
    }

    [Fact]
    public async Task Where_there_is_no_room_both_carts_stay_as_they_were()
    {
        var guest = await NewCartAsync(Units(1, variant: 1), Units(1, variant: 1000));
        var full = await NewCartAsync([.. Enumerable.Range(1, 200).Select(variant => Units(1, variant))]);

        Assert.Equal(new CartResult.TooManyLines(Index: 1), await MergeAsync(guest, full));

        Assert.Equivalent(full, await FindAsync(full), strict: true);
        Assert.Equal("1×1 1×1000", Shown(await AddAsync(guest)));
    }

    [Fact]
    public async Task A_target_that_is_not_there_or_has_moved_on_leaves_the_source_as_it_was()
    {
        var guest = await NewCartAsync(Units(1, variant: 1));
        var cart = await NewCartAsync();

        Assert.Equal(
            new CartResult.NotFound(),
            await MergeCarts.RunAsync(guest.Id, CartId.Make(), null, CancellationToken.None)
        );
        Assert.Equal(
            new CartResult.VersionConflict(1),
            await MergeCarts.RunAsync(guest.Id, cart.Id, ifVersion: 9, CancellationToken.None)
        );

        Assert.Equal("2×1", Shown(await AddAsync(guest, Units(1, variant: 1))));
    }

    [Fact]
    public async Task What_adds_up_to_more_than_allowed_is_cut_to_the_most()
    {
        var guest = await NewCartAsync(Units(9_000, variant: 7));
        var cart = await NewCartAsync(Units(9_000, variant: 7));

        Assert.Equal("10000×7", Shown(Done(await MergeAsync(guest, cart))));
    }

    [Fact]
    public async Task A_cart_does_not_go_into_itself()
    {
        var cart = await NewCartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => MergeAsync(cart, cart));
    }

    private Task<CartResult> MergeAsync(Cart source, Cart target) =>
        MergeCarts.RunAsync(source.Id, target.Id, ifVersion: null, CancellationToken.None);
}
