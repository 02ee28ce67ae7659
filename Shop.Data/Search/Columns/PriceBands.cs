namespace Shop.Data.Search.Columns;

/// <summary>
/// Ranges of prices to choose from, at round numbers near the quantiles, so that each holds about as many SKUs. They are made of the
/// set without ticks, so that they do not move while a shopper ticks.
/// </summary>
internal static class PriceBands
{
    /// <summary>The most of them.</summary>
    public const int Most = 8;

    // More than anything costs; sums of minor units end at 9 × 10¹⁸.
    private const long HighestPower = 100_000_000_000_000;

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
        return Of(sorted.Length, sorted[0], sorted[^1], place => Nearest(sorted[place]));
    }

    /// <summary>The same where only the lowest price and the highest are known, and to which round price each is nearest.</summary>
    /// <param name="count">How many prices there are; one or more.</param>
    /// <param name="least">The lowest.</param>
    /// <param name="most">The highest.</param>
    /// <param name="nearest">The round price that is nearest to the price at a place, counted from the lowest.</param>
    public static IReadOnlyList<long> Of(int count, long least, long most, Func<int, long> nearest)
    {
        var (first, last) = (Below(least), Above(most));
        var inner = Enumerable
            .Range(1, Most - 1)
            .Select(part => nearest((int)((long)part * count / Most)))
            .Where(bound => bound > first && bound < last);
        return [.. inner.Append(first).Append(last).Distinct().Order()];
    }

    /// <summary>The prices that are nearest to the same round price: from one up to another, which is not included, ascending.</summary>
    public static IEnumerable<(long From, long To, long Nearest)> Neighbours()
    {
        yield return (0, 1, 0);
        for (var power = 1L; power <= HighestPower; power *= 10)
        {
            var (second, third, fourth) = (power * 3 / 2 + 1, power * 7 / 2 + 1, power * 15 / 2 + 1);
            yield return (power, second, power);
            yield return (second, third, 2 * power);
            yield return (third, fourth, 5 * power);
            yield return (fourth, 10 * power, 10 * power);
        }
    }

    /// <summary>The bands as a page shows them; none where nothing has a price.</summary>
    /// <param name="bounds">Where they begin and end.</param>
    /// <param name="counts">Products of each, by its number.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="ticked">The values that are ticked.</param>
    public static IEnumerable<FacetList> Facet(
        IReadOnlyList<long> bounds,
        IReadOnlyDictionary<int, int> counts,
        string currency,
        IReadOnlySet<FacetTerm> ticked
    )
    {
        if (bounds.Count == 0)
        {
            yield break;
        }

        var facet = new FacetName(FacetKind.Price);
        yield return new(
            facet,
            [
                .. from place in Enumerable.Range(0, bounds.Count - 1)
                let band = new PriceBand(bounds[place], bounds[place + 1], currency)
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
