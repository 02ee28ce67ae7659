using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Payments.Begin;
using Shop.Data.Payments.Channels;
using Shop.Data.Storage;
using Shop.Tests.Catalog;
using Shop.Tests.Orders;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Graph;

/// <summary>An order that none of the shop's channels could take is told before it is tried, and not placed. A pot costs 4.25.</summary>
public sealed class UnpayableCartTests(PaymentShop shop) : IClassFixture<PaymentShop>, IAsyncLifetime
{
    private const string Shown =
        "code message field ... on AmountOutOfRange { min { amount } max { amount currencyCode } }";

    public async ValueTask InitializeAsync()
    {
        shop.Channel.Reset();
        shop.Other.Reset();
        await TeaPots.StockAsync(shop.Shop, units: 100);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_amount_that_every_channel_finds_too_small_or_too_large_is_refused_with_what_they_take()
    {
        Take(shop.Channel, new(500, 1000));
        Take(shop.Other, new(600, 2000));

        Assert.Equal(
            ("AMOUNT_OUT_OF_RANGE 5.00 20.00", "AMOUNT_OUT_OF_RANGE 5.00 20.00 cartId"),
            await OrderAsync(units: 1)
        );
        Assert.Equal(
            ("AMOUNT_OUT_OF_RANGE 5.00 20.00", "AMOUNT_OUT_OF_RANGE 5.00 20.00 cartId"),
            await OrderAsync(units: 5)
        );
        // Three are too much for the one, and not for the other.
        Assert.Equal(("", ""), await OrderAsync(units: 3));
    }

    [Fact]
    public async Task A_currency_that_no_channel_takes_or_can_say_is_refused()
    {
        Take(shop.Channel, range: null);
        shop.Other.Traits = shop.Other.Traits with { CanSay = _ => false };

        Assert.Equal(("CURRENCY_NOT_SUPPORTED", "CURRENCY_NOT_SUPPORTED cartId"), await OrderAsync(units: 1));
    }

    [Fact]
    public async Task What_costs_nothing_needs_no_channel()
    {
        Take(shop.Channel, range: null);
        Take(shop.Other, range: null);

        var empty = await shop.Shop.AskJsonAsync(
            "mutation { cartCreate(input: {lines: []}) { cart { problems { code } } } }"
        );

        var problems = empty.GetProperty("cartCreate").GetProperty("cart").GetProperty("problems");
        Assert.Empty(problems.EnumerateArray());
        Assert.Null(shop.Shop.Get<PaymentChoice>().WhyNone(Money.Zero("GBP")));
        Assert.NotNull(shop.Shop.Get<PaymentChoice>().WhyNone(new(1, "GBP")));
    }

    /// <returns>What the cart tells, and what the order is refused with; both are empty where it is placed.</returns>
    private async Task<(string Cart, string Order)> OrderAsync(int units)
    {
        var created = await shop.Shop.AskJsonAsync(
            $$"""
            mutation {
              cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: {{units}}}]}) {
                cart { id problems { {{Shown}} } }
              }
            }
            """
        );
        var cart = created.GetProperty("cartCreate").GetProperty("cart");
        var before = await OrdersAsync();
        var placed = await shop.Shop.AskJsonAsync(
            $$"""
            mutation {
              orderPlace(input: {
                idempotencyKey: "{{Guid.CreateVersion7()}}", cartId: "{{cart.GetProperty(
                "id"
            )}}", email: "ada@example.org"
                shippingAddress: {name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}
              }) { order { id } problems { {{Shown}} } }
            }
            """
        );
        var refusal = Told(placed.GetProperty("orderPlace").GetProperty("problems"));
        Assert.Equal(refusal.Length == 0 ? 1 : 0, await OrdersAsync() - before);
        return (Told(cart.GetProperty("problems")), refusal);
    }

    private static string Told(JsonElement problems) =>
        string.Join(
            "; ",
            problems
                .EnumerateArray()
                .Select(problem =>
                    string.Join(
                        ' ',
                        new[]
                        {
                            problem.GetProperty("code").GetString(),
                            Amount(problem, "min"),
                            Amount(problem, "max"),
                            problem.GetProperty("field") is { ValueKind: JsonValueKind.Array } path
                                ? path[0].GetString()
                                : null,
                        }.OfType<string>()
                    )
                )
        );

    private static string? Amount(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var money) ? money.GetProperty("amount").GetString() : null;

    private static void Take(ScriptedChannel channel, AmountRange? range) =>
        channel.Traits = new(
            channel.Traits.Code,
            channel.Traits.Methods,
            currency => currency == "GBP" ? range : null
        );

    private async Task<int> OrdersAsync()
    {
        await using var db = shop.Shop.Get<Database<OrdersDb>>().OpenPrimary();
        return await db.Orders.CountAsync();
    }
}
