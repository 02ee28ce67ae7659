using System.Text.Json;
using Shop.Data.Catalog;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Shop.Tests.Pricing;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Cache;

/// <summary>A page that is kept shows what a tea pot cost, and nobody has told of its new price: orders are not made by what is kept.</summary>
public sealed class OldPageTests(KeptRowTests.PatientShop patient) : IClassFixture<KeptRowTests.PatientShop>
{
    private readonly ShopFixture _shop = patient.Shop;

    [Fact]
    public async Task Who_orders_from_an_old_page_is_told_of_the_new_price_and_charged_it()
    {
        var counter = new Counter(_shop);
        await TeaPots.StockAsync(_shop, units: 10);
        var cart = await counter.CartAsync(units: 2);
        Assert.Equal("4.25", await ShownAsync());
        await using (
            var change = _shop
                .Get<Database<CatalogDb>>()
                .Primary.CreateCommand(
                    "update catalog.product_variant set price_minor = 500 where sku = 'TEAPOT'"
                )
        )
        {
            Assert.Equal(1, await change.ExecuteNonQueryAsync());
        }

        Assert.Equal("4.25", await ShownAsync());
        var refused = await counter.PlaceAsync(cart);
        var placed = await counter.PlaceAsync(await counter.CartAsync(units: 2));

        Assert.Equal(JsonValueKind.Null, refused.GetProperty("order").ValueKind);
        Assert.Equal("""[{"code":"PRICE_CHANGED","field":null}]""", Json(refused.GetProperty("problems")));
        Assert.Equal("10.00", Total(placed.GetProperty("order")));
        Assert.Equal("4.25", await ShownAsync());
    }

    private async Task<string> ShownAsync() =>
        Text(
            (
                await _shop.AskAsync(
                    Askers.Guest,
                    """{ productVariant(by: {sku: "TEAPOT"}) { price { amount } } }"""
                )
            )
                .GetProperty("productVariant")
                .GetProperty("price"),
            "amount"
        );
}
