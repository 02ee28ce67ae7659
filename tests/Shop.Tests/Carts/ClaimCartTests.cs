using Microsoft.Extensions.Options;
using Shop.Data.Carts;
using Shop.Data.Carts.Scripts;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Carts;

public sealed class ClaimCartOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : ClaimCartTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class ClaimCartOnRedisTests(RealRedisFixture server)
    : ClaimCartTests(server),
        IClassFixture<RealRedisFixture>;

/// <summary>What becomes of a guest's cart when the guest turns out to be a customer.</summary>
public abstract class ClaimCartTests(RedisFixture server) : CartTests(server)
{
    private static long _customers;

    private readonly CustomerId _ada = new(Interlocked.Increment(ref _customers));
    private readonly CustomerId _eve = new(Interlocked.Increment(ref _customers));

    [Fact]
    public async Task The_first_cart_becomes_the_customers_own_and_stays_it()
    {
        var guests = await NewCartAsync(Units(2, variant: 7));

        var own = Done(await ClaimAsync(_ada, guests));
        var again = Done(await ClaimAsync(_ada, guests));

        Assert.Equal(guests.Id, own.Id);
        Assert.Equivalent(own, again, strict: true);
        Assert.Equal(guests.Id, await OwnCarts.FindAsync(_ada, default));
    }

    [Fact]
    public async Task A_later_cart_goes_into_the_own_one_once()
    {
        var own = await NewCartAsync(Units(1, variant: 7));
        await ClaimAsync(_ada, own);
        var guests = await NewCartAsync(Units(2, variant: 7), Units(1, variant: 8));

        var merged = Done(await ClaimAsync(_ada, guests));
        var again = Done(await ClaimAsync(_ada, guests));

        Assert.Equal((own.Id, "3×7 1×8"), (merged.Id, Shown(merged)));
        Assert.Equal("3×7 1×8", Shown(again));
        Assert.Null(await Carts.FindAsync(guests.Id, default));
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_repeating_it_ends_what_was_begun()
    {
        var own = await NewCartAsync(Units(1, variant: 7));
        await ClaimAsync(_ada, own);
        var guests = await NewCartAsync(Units(2, variant: 7));
        await MergeCarts.CloseAsync(guests.Id, own.Id, default);

        Assert.Equal("3×7", Shown(Done(await ClaimAsync(_ada, guests))));
    }

    [Fact]
    public async Task Where_the_own_cart_has_expired_the_guests_takes_its_place()
    {
        var own = await NewCartAsync(Units(1, variant: 7));
        await ClaimAsync(_ada, own);
        await Redis.KeyDeleteAsync(CartKeys.Of(own.Id));
        var guests = await NewCartAsync(Units(2, variant: 8));

        Assert.Equal("2×8", Shown(Done(await ClaimAsync(_ada, guests))));
        Assert.Equal(guests.Id, await OwnCarts.FindAsync(_ada, default));
    }

    [Fact]
    public async Task The_cart_of_one_customer_does_not_become_anothers()
    {
        var adas = await NewCartAsync(Units(1, variant: 7));
        await ClaimAsync(_ada, adas);
        var eves = await NewCartAsync(Units(1, variant: 8));

        Assert.IsType<CartResult.SourceNotFound>(await ClaimAsync(_eve, adas));
        await ClaimAsync(_eve, eves);
        Assert.IsType<CartResult.SourceNotFound>(await ClaimAsync(_eve, adas));

        Assert.Equal("1×7", Shown(await FindAsync(adas)));
        Assert.Equal("1×8", Shown(await FindAsync(eves)));
    }

    [Fact]
    public async Task What_does_not_fit_stays_where_it_is()
    {
        var own = await NewCartAsync([.. Enumerable.Range(1, 150).Select(variant => Units(1, variant))]);
        await ClaimAsync(_ada, own);
        var guests = await NewCartAsync([.. Enumerable.Range(101, 110).Select(variant => Units(1, variant))]);

        Assert.IsType<CartResult.TooManyLines>(await ClaimAsync(_ada, guests));
        Assert.Equal(150, (await FindAsync(own)).Lines.Count);
        Assert.Equal(110, (await FindAsync(guests)).Lines.Count);
    }

    [Fact]
    public async Task Two_devices_at_once_end_in_one_cart_that_has_all()
    {
        for (var round = 0; round < 10; round++)
        {
            var customer = new CustomerId(Interlocked.Increment(ref _customers));
            var (one, two) = (
                await NewCartAsync(Units(1, variant: 7)),
                await NewCartAsync(Units(2, variant: 8))
            );

            await Task.WhenAll(ClaimAsync(customer, one), ClaimAsync(customer, two));

            var own = await OwnCarts.FindAsync(customer, default);
            Assert.Equal(3, (await Carts.FindAsync(own!.Value, default))!.Quantity);
        }
    }

    [Fact]
    public async Task Which_cart_is_whose_is_forgotten_with_the_cart()
    {
        await ClaimAsync(_ada, await NewCartAsync(Units(1, variant: 7)));

        Assert.Equal(
            0,
            await new CartConsistency(
                Redis.Multiplexer,
                Options.Create(new CartOptions())
            ).KeysWithoutExpiryAsync(default)
        );
    }

    private Task<CartResult> ClaimAsync(CustomerId customer, Cart cart) =>
        ClaimCart.RunAsync(customer, cart.Id, default);
}
