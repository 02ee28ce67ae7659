using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Data.Inventory;
using Shop.Data.Storage;

namespace Shop.GraphQL.Inventory;

/// <summary>What can be sold of a SKU; a SKU that was never counted has <see cref="Availability.None"/>.</summary>
internal sealed class AvailabilityByVariant(Reads<InventoryDb> reads, IOptions<InventoryOptions> options)
    : Loader<VariantId, Availability>
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <summary>The availability of a SKU; never null.</summary>
    public IDataLoaderResult<Availability> Of(VariantId variant) =>
        Load(variant).Select(found => found ?? Availability.None);

    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<VariantId, Availability>> FetchAsync(
        IReadOnlyList<VariantId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        return await db
            .Stock.Where(level => keys.Contains(level.VariantId))
            .Select(level => new { level.VariantId, level.Available })
            .ToDictionaryAsync(
                level => level.VariantId,
                level => new Availability(StatusOf(level.Available), level.Available),
                cancel
            );
    }

    private StockStatus StatusOf(int available) =>
        available == 0 ? StockStatus.OutOfStock
        : available <= options.Value.LowStock ? StockStatus.LowStock
        : StockStatus.InStock;
}
