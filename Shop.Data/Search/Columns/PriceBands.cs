using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>
/// Ranges of prices to choose from, at round numbers near the quantiles, so that each holds about as many SKUs. They are made of the
/// set without ticks, so that they do not move while a shopper ticks.
/// </summary>
internal static class PriceBands
{
    /// <summary>The most of them.</summary>
    public const int Most = 8;

    private static readonly int[] _leading = [1, 2, 5, 10];

    /// <summary>
    /// Where they begin and end, ascending: one more than there are bands; the lowest price and the highest lie between. Empty for no
    /// prices.
    /// </summary>
    /// <param name="prices">In minor units, zero or more; in any order.</param>
    public static IReadOnlyList<long> Of(IReadOnlyCollection<long> prices)
    {
        if (prices.Count == 0)
        {
            return [];
        }

        long[] sorted = [.. prices.Order()];
        var (first, last) = (Below(sorted[0]), Above(sorted[^1]));
        var inner = Enumerable
            .Range(1, Most - 1)
            .Select(part => Nearest(sorted[(long)part * sorted.Length / Most]))
            .Where(bound => bound > first && bound < last);
        return [.. inner.Append(first).Append(last).Distinct().Order()];
    }

    /// <summary>The bands as a page shows them, with products; none where nothing has a price.</summary>
    /// <param name="walk">What was counted.</param>
    /// <param name="query">For what.</param>
    /// <param name="ticked">The values that are ticked.</param>
    public static IEnumerable<FacetList> Facet(
        FacetWalk walk,
        SearchQuery query,
        IReadOnlySet<FacetTerm> ticked
    )
    {
        var bounds = Of(walk.AllPrices);
        if (bounds.Count == 0)
        {
            yield break;
        }

        var counts = walk
            .Prices.Select(each => (Band: Find(bounds, each.Price), each.Product))
            .Distinct()
            .CountBy(each => each.Band)
            .ToDictionary();
        var facet = new FacetName(FacetKind.Price);
        yield return new(
            facet,
            [
                .. from place in Enumerable.Range(0, bounds.Count - 1)
                let band = new PriceBand(bounds[place], bounds[place + 1], query.Currency)
                select new FacetCount(
                    band.Value,
                    counts.GetValueOrDefault(place),
                    ticked.Contains(new(facet, band.Value)),
                    band
                ),
            ],
            OtherCount: 0
        );
    }

    /// <summary>The band of a price: from each bound up to the next, which is not included; -1 where it lies in none.</summary>
    public static int Find(IReadOnlyList<long> bounds, long price)
    {
        for (var band = bounds.Count - 2; band >= 0; band--)
        {
            if (price >= bounds[band])
            {
                return price < bounds[band + 1] ? band : -1;
            }
        }

        return -1;
    }

    private static long Below(long price) => price == 0 ? 0 : Steps(price).Last(step => step <= price);

    // More than the price, so that a band is never empty of numbers.
    private static long Above(long price) => price == 0 ? 1 : Steps(price).First(step => step > price);

    private static long Nearest(long price) =>
        price == 0 ? 0 : Steps(price).MinBy(step => Math.Abs(step - price));

    // 1, 2, 5 and 10 times the power of ten at or below it: the last is more than any number of as many digits.
    private static IEnumerable<long> Steps(long price)
    {
        var power = 1L;
        while (price / power >= 10)
        {
            power *= 10;
        }

        return _leading.Select(leading => leading * power);
    }
}
