using Shop.Data.Catalog;
using Shop.Data.Catalog.Messages;
using Shop.Data.Messages;
using Shop.Data.Search.Indexing;

namespace Shop.Jobs.Search;

/// <summary>Brings the index what has changed in the catalogue. Ten edits of a product are read once.</summary>
public sealed class IndexChanges(ProductFeed feed, IndexProducts products, IndexCategories categories)
{
    private const int ProductsPerPage = 1_000;

    /// <summary>Products, as they are now.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<ProductsChanged>> told, CancellationToken cancel) =>
        products.RunAsync(told.SelectMany(message => message.Body.Products), feed.ReadAsync, cancel);

    /// <summary>Categories with all below them, and then the products in them, which are found by their titles.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<CategoriesChanged>> told, CancellationToken cancel)
    {
        CategoryId[] changed = [.. told.SelectMany(message => message.Body.Categories).Distinct()];
        var below = await categories.RunAsync(stop => feed.CategoriesAsync(changed, stop), cancel);
        var last = default(ProductId);
        while (
            await categories.ProductsBelowAsync(below, last, ProductsPerPage, cancel) is { Count: > 0 } page
        )
        {
            await products.RunAsync(page, feed.ReadAsync, cancel);
            last = page[^1];
        }
    }
}
