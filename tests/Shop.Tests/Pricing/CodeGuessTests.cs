using System.Net;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Pricing.Codes;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing;

/// <summary>Who tries codes that are none waits; who types one that there is does not.</summary>
public sealed class CodeGuessTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Counter _counter = new(shop);

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 1000);

    public async ValueTask DisposeAsync() => await _counter.CloseAsync();

    [Fact]
    public async Task After_ten_codes_that_are_none_a_cart_waits_and_each_time_longer()
    {
        await _counter.NameCodesAsync(await _counter.PlanAsync(Sale), "RIGHT1");
        var (cart, other) = (await _counter.CartAsync(units: 1), await _counter.CartAsync(units: 1));
        var guesses = new List<string>();
        for (var guess = 0; guess < 11; guess++)
        {
            guesses.Add(Outcome(await TypeAsync(cart, $"GUESS{guess}")));
        }

        // A right one is not looked up, either: whoever guesses would learn of it.
        var soon = Outcome(await TypeAsync(cart, "RIGHT1"));
        var elsewhere = Outcome(await TypeAsync(other, "RIGHT1"));
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        var wrong = Outcome(await TypeAsync(cart, "GUESS"));
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        var tooSoon = Outcome(await TypeAsync(cart, "RIGHT1"));
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        var right = Outcome(await TypeAsync(cart, "RIGHT1"));

        Assert.Equal([.. Enumerable.Repeat("CODE_REFUSED", 10), "THROTTLED in 1 s"], guesses);
        Assert.Equal(("THROTTLED in 1 s", "taken"), (soon, elsewhere));
        Assert.Equal(("CODE_REFUSED", "THROTTLED in 1 s", "taken"), (wrong, tooSoon, right));
    }

    [Fact]
    public async Task A_code_that_there_is_costs_nothing_also_where_it_is_over()
    {
        var sale = await _counter.PlanAsync(Sale);
        await _counter.NameCodesAsync(sale, "RIGHT2");
        var cart = await _counter.CartAsync(units: 1);
        for (var time = 0; time < 9; time++)
        {
            await TypeAsync(cart, "GUESS");
        }

        for (var time = 0; time < 12; time++)
        {
            Assert.Equal("taken", Outcome(await TypeAsync(cart, "right-2")));
        }

        await _counter.PauseAsync(sale);
        for (var time = 0; time < 12; time++)
        {
            Assert.Equal("CODE_REFUSED", Outcome(await TypeAsync(cart, "RIGHT2")));
        }

        // Nor does what can be no code.
        Assert.Equal("CODE_REFUSED", Outcome(await TypeAsync(cart, "n*ne")));
        Assert.Equal("CODE_REFUSED", Outcome(await TypeAsync(cart, "TENTH")));
        Assert.Equal("THROTTLED in 1 s", Outcome(await TypeAsync(cart, "ELEVENTH")));
    }

    [Fact]
    public async Task A_call_that_was_done_is_answered_again_also_to_one_who_has_to_wait()
    {
        await _counter.NameCodesAsync(await _counter.PlanAsync(Sale), "RIGHT3");
        var (cart, key) = (await _counter.CartAsync(units: 1), Guid.CreateVersion7());
        await TypeAsync(cart, "RIGHT3", key);
        for (var guess = 0; guess < 10; guess++)
        {
            await TypeAsync(cart, "GUESS");
        }

        Assert.Equal("taken", Outcome(await TypeAsync(cart, "RIGHT3", key)));
        Assert.Equal("THROTTLED in 1 s", Outcome(await TypeAsync(cart, "RIGHT3", Guid.CreateVersion7())));
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_more_than_one_after_the_other()
    {
        var cart = await _counter.CartAsync(units: 1);

        var guesses = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(guess => TypeAsync(cart, $"GUESS{guess}"))
        );

        Assert.Equal(10, guesses.Count(guess => Outcome(guess) == "CODE_REFUSED"));
    }

    [Fact]
    public async Task One_address_tries_a_hundred_times_whatever_the_carts()
    {
        var tryCode = shop.Get<TryCode>();
        var (eve, neighbour, ada) = (
            IPAddress.Parse("2001:db8::1"),
            IPAddress.Parse("2001:db8::2"),
            IPAddress.Parse("192.0.2.7")
        );
        for (var guess = 0; guess < 100; guess++)
        {
            Assert.IsType<TryCodeResult.Refused>(await TryAsync(eve, CartId.Make()));
        }

        var busy = CartId.Make();
        for (var guess = 0; guess < 11; guess++)
        {
            await TryAsync(ada, busy);
        }

        Assert.IsType<TryCodeResult.Throttled>(await TryAsync(eve, CartId.Make()));
        Assert.IsType<TryCodeResult.Throttled>(await TryAsync(neighbour, CartId.Make()));
        // What its carts had to wait for did not count.
        for (var guess = 0; guess < 90; guess++)
        {
            Assert.IsType<TryCodeResult.Refused>(await TryAsync(ada, CartId.Make()));
        }

        Assert.IsType<TryCodeResult.Throttled>(await TryAsync(ada, CartId.Make()));
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.IsType<TryCodeResult.Refused>(await TryAsync(eve, CartId.Make()));

        Task<TryCodeResult> TryAsync(IPAddress from, CartId cart) =>
            tryCode.RunAsync(new("NOSUCHCODE", cart, from), CancellationToken.None);
    }

    private static object Sale =>
        new
        {
            title = "Sale",
            needsCode = true,
            action = new { linesPercent = new { percent = "10" } },
        };

    private async Task<JsonElement> TypeAsync(string cart, string code, Guid? key = null)
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            """
            mutation($input: CartCodeInput!) {
              cartCodeAdd(input: $input) { cart { codes } problems { code field ... on Throttled { pollAfter } } }
            }
            """,
            new
            {
                input = new
                {
                    cartId = cart,
                    code,
                    idempotencyKey = key,
                },
            }
        );
        return answer.GetProperty("cartCodeAdd");
    }

    private string Outcome(JsonElement typed)
    {
        if (typed.GetProperty("cart").ValueKind != JsonValueKind.Null)
        {
            return "taken";
        }

        var problem = typed.GetProperty("problems")[0];
        Assert.Equal("""["code"]""", Json(problem.GetProperty("field")));
        return problem.TryGetProperty("pollAfter", out var pollAfter)
            ? $"{Text(problem, "code")} in {(pollAfter.GetDateTimeOffset() - shop.Clock.GetUtcNow()).TotalSeconds} s"
            : Text(problem, "code");
    }
}
