using Shop.Data.Carts;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Carts;

public sealed class CartCallsOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : CartCallTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class CartCallsOnRedisTests(RealRedisFixture server)
    : CartCallTests(server),
        IClassFixture<RealRedisFixture>;

/// <summary>A phone that sends again what was not answered.</summary>
public abstract class CartCallTests(RedisFixture server) : CartTests(server)
{
    [Fact]
    public async Task The_same_call_changes_a_cart_once_however_often_and_at_once()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        var call = Call("add");

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => Carts.Once(call).AddAsync(cart.Id, [Units(2, 7)], ifVersion: 1, default))
        );

        Assert.All(results, result => Assert.Equal(("3×7", 2), (Shown(Done(result)), Done(result).Version)));
    }

    [Fact]
    public async Task Each_verb_is_done_once_with_the_version_that_it_was_made_for()
    {
        var cart = await NewCartAsync(Units(1, variant: 7), Units(1, variant: 8));
        var (seven, eight) = (cart.Lines[0], cart.Lines[1]);
        var (update, select, remove) = (Call("update"), Call("select"), Call("remove"));
        for (var time = 0; time < 2; time++)
        {
            Done(
                await Carts.Once(update).UpdateAsync(cart.Id, [new(seven.Id, 5, seven.SeenPrice)], 1, default)
            );
            Done(await Carts.Once(select).SelectAsync(cart.Id, [seven.Id], false, 2, default));
            Done(await Carts.Once(remove).RemoveAsync(cart.Id, [eight.Id], 3, default));
        }

        var after = await FindAsync(cart);
        Assert.Equal(("5×7-", 4), (Shown(after), after.Version));
    }

    [Fact]
    public async Task A_call_that_changed_nothing_changes_nothing_later_either()
    {
        var cart = await NewCartAsync(Units(1, variant: 7));
        var line = cart.Lines[0].Id;
        await Carts.RemoveAsync(cart.Id, [line], ifVersion: null, default);
        var call = Call("remove");
        Done(await Carts.Once(call).RemoveAsync(cart.Id, [line], ifVersion: null, default));
        await AddAsync(cart, Units(2, variant: 7));

        Assert.Equal("2×7", Shown(Done(await Carts.Once(call).RemoveAsync(cart.Id, [line], null, default))));
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_a_conflict_and_changes_nothing()
    {
        var cart = await NewCartAsync();
        var key = Guid.CreateVersion7();
        await Carts.Once(Call("add", key)).AddAsync(cart.Id, [Units(1, 7)], null, default);

        Assert.Equal(
            new CartResult.KeyConflict(),
            await Carts.Once(Call("another", key)).AddAsync(cart.Id, [Units(1, 8)], null, default)
        );
        Assert.Equal("1×7", Shown(await FindAsync(cart)));
    }

    [Fact]
    public async Task A_call_that_was_refused_is_made_when_it_comes_again()
    {
        var cart = await NewCartAsync();
        var call = Call("add");
        Assert.Equal(
            new CartResult.VersionConflict(1),
            await Carts.Once(call).AddAsync(cart.Id, [Units(1, 7)], ifVersion: 9, default)
        );

        Assert.Equal(
            "1×7",
            Shown(Done(await Carts.Once(call).AddAsync(cart.Id, [Units(1, 7)], null, default)))
        );
    }

    [Fact]
    public async Task The_last_fifty_calls_of_a_cart_are_remembered()
    {
        var cart = await NewCartAsync();
        var calls = Enumerable.Range(0, 51).Select(_ => Call("add")).ToList();
        foreach (var call in calls)
        {
            await Carts.Once(call).AddAsync(cart.Id, [Units(1, 7)], null, default);
        }

        Assert.NotNull(await Carts.Once(calls[1]).ReplayAsync(cart.Id, default));
        Assert.Null(await Carts.Once(calls[0]).ReplayAsync(cart.Id, default));
        Assert.Equal("51×7", Shown(await FindAsync(cart)));
    }

    [Fact]
    public async Task A_cart_is_made_once_and_another_call_with_its_key_is_a_conflict()
    {
        var key = Guid.CreateVersion7();
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => Carts.Once(Call("create", key)).CreateAsync("GBP", [Units(1, 7)], default))
        );
        var cart = Done(results[0]);
        await AddAsync(cart, Units(1, variant: 8));

        var again = await Carts.Once(Call("create", key)).CreateAsync("GBP", [Units(1, 7)], default);

        Assert.Single(results.Select(result => Done(result).Id).Distinct());
        Assert.Equal((cart.Id, "1×7 1×8"), (Done(again).Id, Shown(Done(again))));
        Assert.Equal(
            new CartResult.KeyConflict(),
            await Carts.Once(Call("another", key)).CreateAsync("GBP", [], default)
        );
    }

    private static CartCall Call(string input, Guid? key = null) =>
        CartCall.Of(key ?? Guid.CreateVersion7(), "test", new { input })!;
}
