using System.Collections.Concurrent;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing;

/// <summary>
/// What SKUs cost on pages by one snapshot of the promotions that lower prices there. They are kept as long as the snapshot is, five
/// seconds at most, so that a page need not ask of its goods each time. Thread-safe.
/// </summary>
internal sealed class PagePrices(PromotionBook book)
{
    // Some 60 bytes each. What does not fit is reckoned each time.
    private const int MaxKept = 100_000;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<ListedPrice, Money>> _kept = [];
    private int _count;

    /// <summary>What is kept for those for whom the same promotions are in force now.</summary>
    public ConcurrentDictionary<ListedPrice, Money> For(Buyer buyer, DateTimeOffset at) =>
        _kept.GetOrAdd(string.Join(',', Pass.InForce(buyer, at, book)), _ => []);

    /// <summary>Keeps a price that <see cref="For"/> has not had.</summary>
    public void Keep(ConcurrentDictionary<ListedPrice, Money> kept, ListedPrice listed, Money shown)
    {
        if (_count < MaxKept && kept.TryAdd(listed, shown))
        {
            Interlocked.Increment(ref _count);
        }
    }
}

/// <summary>What a SKU costs before promotions.</summary>
/// <param name="Variant">The SKU.</param>
/// <param name="UnitPrice">Of one unit.</param>
public readonly record struct ListedPrice(VariantId Variant, Money UnitPrice);
