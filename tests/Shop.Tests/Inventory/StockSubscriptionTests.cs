using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Inventory;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using ProductVariant = Shop.GraphQL.Catalog.ProductVariant;

namespace Shop.Tests.Inventory;

public sealed class StockSubscriptionTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string File = """
        sku,product_code,title,list_price_gbp,units_sold,first_sold_on
        TEAPOT,TEAPOT,English Tea Pot,4.25,100,2011-01-01
        KETTLE,KETTLE,Copper Kettle,12.50,100,2011-01-01
        """;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private IReadOnlyDictionary<string, VariantId> _variants = null!;

    public async ValueTask InitializeAsync() => _variants = await shop.ImportAsync(File, _ => 5);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Each_sku_comes_at_first_and_again_whenever_its_stock_moves()
    {
        using var patience = new CancellationTokenSource(_patience);
        var saga = new Saga(shop);
        await using var scope = shop.Scope();
        scope.ServiceProvider.GetRequiredService<ReadTarget>().UsePrimary();
        var unknown = shop.Get<NewId>().Next<VariantId>();
        await using var told = scope
            .ServiceProvider.GetRequiredService<StockSubscriptions>()
            .StockChanged([_variants["TEAPOT"], _variants["KETTLE"], unknown], patience.Token)
            .GetAsyncEnumerator();

        Assert.Equal(["KETTLE", "TEAPOT"], new[] { await NextAsync(told), await NextAsync(told) }.Order());
        var request = Saga.Request((_variants["KETTLE"], 2));
        var order = await saga.PlacedAsync(request);
        await saga.SettleAsync();
        Assert.Equal("KETTLE", await NextAsync(told));
        await saga.CancelAsync(request, order);
        await saga.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("KETTLE", await NextAsync(told));
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<ProductVariant> told)
    {
        Assert.True(await told.MoveNextAsync());
        return told.Current.Sku;
    }
}
