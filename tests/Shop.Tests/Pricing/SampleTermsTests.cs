using System.Text.Json;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Sample;
using Shop.Data.Storage;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing;

/// <summary>What a newcomer finds in the first cart of the sample shop.</summary>
public sealed class SampleTermsTests(SampleShop sample) : IClassFixture<SampleShop>
{
    private const string Cart = $$"""
        mutation($units: Int!) {
          cartCreate(input: {lines: [{variant: {sku: "85123A"}, quantity: $units}]}) {
            cart {
              id
              cost { total { amount } promotions { promotion { title } amount { amount } reason missingUnits } }
            }
          }
        }
        """;

    private ShopFixture Shop => sample.Shop;

    [Fact]
    public async Task A_first_cart_shows_what_is_taken_off_and_what_one_more_unit_would()
    {
        await PlanAsync();

        var two = await CartAsync(units: 2);
        var three = await CartAsync(units: 3);

        Assert.Equal("5.31", Total(two));
        Assert.Equal(
            """[{"promotion":{"title":"10 % off bestsellers"},"amount":{"amount":"0.59"},"reason":null,"missingUnits":null},"""
                + """{"promotion":{"title":"3 for 2 on hearts"},"amount":{"amount":"0.00"},"reason":"TOO_FEW_UNITS","missingUnits":1}]""",
            Promotions(two)
        );
        Assert.Equal(
            """[{"promotion":{"title":"10 % off bestsellers"},"amount":{"amount":"0.89"},"reason":null,"missingUnits":null},"""
                + """{"promotion":{"title":"3 for 2 on hearts"},"amount":{"amount":"2.65"},"reason":null,"missingUnits":null}]""",
            Promotions(three)
        );
    }

    [Fact]
    public async Task Its_code_takes_five_off_twenty()
    {
        await PlanAsync();
        var (few, many) = (await CartAsync(units: 2), await CartAsync(units: 20));
        var counter = new Counter(Shop);

        var tooFew = await counter.TypeAsync(Text(few, "id"), SampleTerms.Code);
        var enough = await counter.TypeAsync(Text(many, "id"), "welcome");

        Assert.Contains(
            "\"reason\":\"SUBTOTAL\",\"missing\":{\"amount\":\"14.69\"}",
            Promotions(tooFew.GetProperty("cart")),
            StringComparison.Ordinal
        );
        // 20 units are six times three: six are free, and 10 % less.
        Assert.Equal(("37.17", "32.17"), (Total(many), Total(enough.GetProperty("cart"))));
    }

    [Fact]
    public async Task They_are_planned_once_and_what_was_killed_on_the_way_is_finished()
    {
        await PlanAsync();
        // As if it had ended before the last of them.
        var database = Shop.Get<Database<PricingDb>>().Primary;
        await database.ExecuteAsync($"delete from pricing.promotion_code", CancellationToken.None);
        await database.ExecuteAsync(
            $"delete from pricing.promotion where needs_code",
            CancellationToken.None
        );
        await database.ExecuteAsync(
            $"delete from pricing.idempotency_key where key in ('0199f2b4-0000-7000-8000-00000000000c', '0199f2b4-0000-7000-8000-00000000000d')",
            CancellationToken.None
        );

        var finished = await PlanAsync();
        var again = await PlanAsync();

        Assert.Equal((true, false), (finished, again));
        Assert.Equal(
            3,
            await database.ScalarAsync<long>(
                $"select count(*) from pricing.promotion",
                CancellationToken.None
            )
        );
    }

    private async Task<JsonElement> CartAsync(int units)
    {
        var made = await Shop.AskAsync(Askers.Guest, Cart, new { units });
        return made.GetProperty("cartCreate").GetProperty("cart");
    }

    private static string Promotions(JsonElement cart) =>
        Json(cart.GetProperty("cost").GetProperty("promotions"));

    private Task<bool> PlanAsync() => Shop.Get<SampleTerms>().RunAsync(CancellationToken.None);
}
