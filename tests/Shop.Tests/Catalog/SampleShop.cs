using Shop.Data.Catalog.Import;
using Shop.Data.Inventory;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>A shop with the whole sample catalogue in it.</summary>
public sealed class SampleShop : IAsyncLifetime
{
    private readonly Dictionary<string, int> _stock = [];

    /// <summary>Everything else of the shop.</summary>
    public ShopFixture Shop { get; } = new();

    /// <summary>What the load said.</summary>
    public ImportReport Report { get; private set; } = null!;

    /// <summary>Units by SKU, as they were handed over.</summary>
    public IReadOnlyDictionary<string, int> Stock => _stock;

    /// <summary>Loads the catalogue, unless it is there.</summary>
    public Task<ImportReport?> LoadAsync() =>
        Shop.Get<SampleCatalog>().RunAsync(KeepAsync, CancellationToken.None);

    /// <summary>Opens the stock, and remembers it.</summary>
    public Task KeepAsync(IReadOnlyList<ImportedStock> stock, CancellationToken cancel)
    {
        foreach (var entry in stock)
        {
            _stock[entry.Sku] = entry.Units;
        }

        return Shop.Get<OpenStock>()
            .RunAsync([.. stock.Select(entry => (entry.VariantId, entry.Units))], cancel);
    }

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        Report = (await LoadAsync())!;
        await Shop.ReplicaCaughtUpAsync();
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
