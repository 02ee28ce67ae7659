using System.Runtime.CompilerServices;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Messages;
using Shop.Data.Inventory;
using Shop.Data.Search;

namespace Shop.Jobs.Verification;

/// <summary>Proves that the index of products is what Catalog and Inventory say: page by page, so that memory is flat.</summary>
public sealed class VerifySearch(ProductFeed catalog, StockFeed inventory, SearchConsistency index)
{
    private const int ProductsPerPage = 500;

    /// <summary>A sentence for each product that differs; none while the index is filled for the first time.</summary>
    public async IAsyncEnumerable<string> FindingsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        if (!await index.IsFilledAsync(cancel))
        {
            yield break;
        }

        var last = default(ProductId);
        while (await catalog.PageAsync(last, ProductsPerPage, cancel) is { Count: > 0 } page)
        {
            var products = await catalog.ReadAsync(page, cancel);
            var levels = (await inventory.ReadAsync([.. products.SelectMany(Skus)], cancel)).ToDictionary(
                level => level.VariantId,
                level => level.Available
            );
            var indexed = await index.ReadAsync(page, cancel);
            foreach (var product in products)
            {
                if (Fault(product, indexed.GetValueOrDefault(product.Id), levels) is { } fault)
                {
                    yield return $"Product {product.Id.Value} in the index: {fault}";
                }
            }

            last = page[^1];
        }
    }

    private static IEnumerable<VariantId> Skus(ProductDocument product) =>
        product.Variants.Select(variant => variant.Id);

    private static string? Fault(
        ProductDocument product,
        IndexedState? indexed,
        Dictionary<VariantId, int> levels
    ) =>
        indexed is null ? "it is missing"
        : indexed.Version != product.Version ? $"version {indexed.Version} instead of {product.Version}"
        : indexed.IsSearchable != (product.IsOnSale && product.Variants.Count > 0)
            ? "it is found where it should not be, or not where it should"
        : !indexed
            .Prices.OrderBy(Number)
            .SequenceEqual(
                product.Variants.ToDictionary(sku => sku.Id, sku => sku.PriceMinor).OrderBy(Number)
            )
            ? "its SKUs or their prices differ"
        : indexed.Available.FirstOrDefault(sku => sku.Value != levels.GetValueOrDefault(sku.Key))
            is { Key.Value: > 0 } sku
            ? $"{sku.Value} units of the SKU {sku.Key.Value} instead of {levels.GetValueOrDefault(sku.Key)}"
        : null;

    private static long Number(KeyValuePair<VariantId, long> sku) => sku.Key.Value;
}
