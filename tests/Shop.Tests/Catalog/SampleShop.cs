using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Inventory;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Catalog;

/// <summary>A shop with the whole sample catalogue in it.</summary>
public sealed class SampleShop : IAsyncLifetime
{
    /// <summary>Everything else of the shop.</summary>
    public ShopFixture Shop { get; } = new();

    /// <summary>What the load said.</summary>
    public ImportReport Report { get; private set; } = null!;

    /// <summary>Units by SKU, as they were opened.</summary>
    public IReadOnlyDictionary<string, int> Stock { get; private set; } = new Dictionary<string, int>();

    /// <summary>Loads the catalogue, unless it is there.</summary>
    public Task<ImportReport?> LoadAsync() => Shop.Get<SampleCatalog>().RunAsync(CancellationToken.None);

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        Report = (await LoadAsync())!;
        await new Saga(Shop).SettleAsync();
        Stock = await StockAsync();
        await Shop.ReplicaShowsAllAsync();
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();

    private async Task<IReadOnlyDictionary<string, int>> StockAsync()
    {
        await using var catalog = Shop.Get<Database<CatalogDb>>().OpenPrimary();
        await using var inventory = Shop.Get<Database<InventoryDb>>().OpenPrimary();
        var skus = await catalog.Variants.ToDictionaryAsync(variant => variant.Id, variant => variant.Sku);
        return await inventory.Stock.ToDictionaryAsync(
            level => skus[level.VariantId],
            level => level.Available
        );
    }
}
