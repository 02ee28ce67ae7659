using Shop.Data.Inventory.Messages;

namespace Shop.Data.Inventory;

/// <summary>
/// Gives out stock in memory, order by order, while its rows are locked: an order gets all its units or none.
/// </summary>
/// <param name="available">Units of every locked SKU; a SKU that is not in it has none.</param>
internal sealed class StockAllocation(IReadOnlyDictionary<VariantId, int> available)
{
    private readonly Dictionary<VariantId, int> _left = new(available);

    /// <summary>What was given out in all, per order and SKU.</summary>
    public List<(OrderId OrderId, VariantId VariantId, int Units)> Taken { get; } = [];

    /// <summary>Takes an order's units, or tells what is missing and takes nothing.</summary>
    /// <returns>The SKUs that fall short; empty when all was taken.</returns>
    public IReadOnlyList<Shortage> Take(DeductionRequested request)
    {
        // Two lines may name one SKU: checked apart, both could pass where together they must not.
        var wanted = request
            .Lines.GroupBy(line => line.VariantId)
            .Select(lines => new WantedUnits(lines.Key, lines.Sum(line => line.Units)))
            .ToList();
        var shortages = wanted
            .Where(line => line.Units > Left(line.VariantId))
            .Select(line => new Shortage(line.VariantId, line.Units, Left(line.VariantId)))
            .ToList();
        if (shortages.Count == 0)
        {
            foreach (var (variantId, units) in wanted)
            {
                _left[variantId] -= units;
                Taken.Add((request.OrderId, variantId, units));
            }
        }

        return shortages;
    }

    private int Left(VariantId variantId) => _left.GetValueOrDefault(variantId);
}
