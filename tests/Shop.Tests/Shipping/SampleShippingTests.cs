using System.Text.Json;
using Shop.Data.Shipping;
using Shop.Data.Shipping.Sample;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Shop.Tests.Pricing;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Shipping;

/// <summary>How the sample shop ships; here it sells tea pots at 4.25.</summary>
public sealed class SampleShippingTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Theory]
    [InlineData(1, "GB", "Standard 3.50, Express 6.95")]
    [InlineData(6, "GB", "Standard 0.00, Express 6.95")]
    [InlineData(6, "NL", "Standard 9.50")]
    [InlineData(24, "NL", "Standard 0.00")]
    public async Task A_first_cart_can_go_in_two_ways_at_home_and_in_one_abroad(
        int units,
        string country,
        string ways
    )
    {
        await TeaPots.StockAsync(shop, units: 100);
        await SaveAsync();
        var cart = await new Counter(shop).CartAsync(units);

        var answer = await shop.AskAsync(
            Askers.Guest,
            """
            mutation($input: CartDestinationInput!) {
              cartDestinationSet(input: $input) { cart { shippingOptions { title price { amount } } } }
            }
            """,
            new { input = new { cartId = cart, countryCode = country } }
        );

        var options = answer.GetProperty("cartDestinationSet").GetProperty("cart");
        Assert.Equal(
            ways,
            string.Join(", ", options.GetProperty("shippingOptions").EnumerateArray().Select(Shown))
        );
    }

    [Fact]
    public async Task It_is_saved_once_and_what_was_killed_on_the_way_is_finished()
    {
        await SaveAsync();
        // As if it had ended before the last of it.
        var database = shop.Get<Database<ShippingDb>>().Primary;
        await database.ExecuteAsync(
            $"delete from shipping.method where title = 'Express'",
            CancellationToken.None
        );
        await database.ExecuteAsync(
            $"delete from shipping.idempotency_key where key = '0199f2b4-0000-7000-8000-000000000013'",
            CancellationToken.None
        );
        shop.Get<CurrentShipping>().Forget();

        var finished = await SaveAsync();
        // Keys are forgotten after a week; what there is tells then.
        await database.ExecuteAsync($"delete from shipping.idempotency_key", CancellationToken.None);
        shop.Get<CurrentShipping>().Forget();
        var again = await SaveAsync();

        Assert.Equal((true, false), (finished, again));
        Assert.Equal(
            (2, 2),
            (await CountAsync(Sql.Part($"shipping.zone")), await CountAsync(Sql.Part($"shipping.method")))
        );
    }

    private Task<bool> SaveAsync() => shop.Get<SampleShipping>().RunAsync(CancellationToken.None);

    private Task<long> CountAsync(SqlText table) =>
        shop.Get<Database<ShippingDb>>()
            .Primary.ScalarAsync<long>($"select count(*) from {table}", CancellationToken.None);

    private static string Shown(JsonElement option) =>
        $"{Text(option, "title")} {Text(option.GetProperty("price"), "amount")}";
}
