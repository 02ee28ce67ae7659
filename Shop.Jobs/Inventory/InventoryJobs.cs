using Shop.Data.Catalog.Messages;
using Shop.Data.Inventory;
using Shop.Data.Inventory.Messages;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Inventory;

/// <summary>What Inventory does later.</summary>
internal static class InventoryJobs
{
    public static void Describe(ContextJobs inventory) =>
        inventory
            .Hears<VariantsAdded, OpenStock>((open, told, cancel) => open.RunAsync(told, cancel))
            .Hears<VariantsCounted, TakeCounts>((take, told, cancel) => take.RunAsync(told, cancel))
            .Answers<DeductionRequested, DeductStock>(
                (deduct, asked, cancel) => deduct.RunAsync(asked, cancel)
            )
            .Answers<RestockRequested, RestockOrders>(
                (restock, asked, cancel) => restock.RunAsync(asked, cancel)
            );
}
