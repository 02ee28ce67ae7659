using Shop.Data.Catalog;
using Shop.Data.Catalog.Messages;
using Shop.Data.Inventory;
using Shop.Data.Search.Indexing;

namespace Shop.Jobs.Search;

/// <summary>
/// Brings the index what the shop had before there was one: page by page, so that memory is flat, and a kill costs a page.
/// </summary>
public sealed class FillIndex(
    FirstFilling filling,
    ProductFeed catalog,
    StockFeed inventory,
    IndexCategories categories,
    IndexProducts products,
    SaveStock stock
)
{
    private const int ProductsPerPage = 500;

    /// <summary>The next page.</summary>
    /// <returns>Products on it; zero once all are there.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (await filling.PlaceAsync(cancel) is not { } place)
        {
            return 0;
        }

        if (place == default)
        {
            await categories.RunAsync(stop => catalog.CategoriesAsync(categories: null, stop), cancel);
        }

        var page = await catalog.PageAsync(place, ProductsPerPage, cancel);
        await IndexAsync(page, cancel);
        await filling.ReachAsync(page.Count == 0 ? null : page[^1], cancel);
        return page.Count;
    }

    private async Task IndexAsync(IReadOnlyList<ProductId> page, CancellationToken cancel)
    {
        var skus = new List<VariantId>();
        await products.RunAsync(page, ReadAsync, cancel);
        await stock.RunAsync(await inventory.ReadAsync(skus, cancel), cancel);

        async Task<IReadOnlyList<ProductDocument>> ReadAsync(
            IReadOnlyCollection<ProductId> part,
            CancellationToken stop
        )
        {
            var read = await catalog.ReadAsync(part, stop);
            skus.AddRange(read.SelectMany(product => product.Variants).Select(sku => sku.Id));
            return read;
        }
    }
}
