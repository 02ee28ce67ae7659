using Shop.Data.Inventory;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Inventory;

/// <summary>A SKU as staff has counted it.</summary>
/// <param name="IdempotencyKey">The same key sets once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Variant">Which SKU, of whatever product: also of one that is not on sale yet.</param>
/// <param name="Available">Units that can be sold; 0 to 1,000,000,000.</param>
/// <param name="ChangeFrom">Refused unless this is the number now; null skips the check.</param>
internal sealed record StockSetInput(
    Guid IdempotencyKey,
    ProductVariantBy Variant,
    [property: Between(0, StockChange.MaxUnits)] int Available,
    int? ChangeFrom
);

/// <summary>Units of a SKU that came in or are gone without an order.</summary>
/// <param name="IdempotencyKey">The same key moves once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Variant">Which SKU, of whatever product: also of one that is not on sale yet.</param>
/// <param name="By">More than zero for units that came in, less for those that are gone; at most 1,000,000,000.</param>
/// <param name="Reason">Why, for the ledger; 1 to 500 characters.</param>
internal sealed record StockAdjustInput(
    Guid IdempotencyKey,
    ProductVariantBy Variant,
    [property: Between(-StockChange.MaxUnits, StockChange.MaxUnits)] int By,
    [property: MaxText(500)] string Reason
);
