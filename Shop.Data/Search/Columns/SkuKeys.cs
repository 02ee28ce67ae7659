using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>The groups of a grouping, by small numbers.</summary>
internal abstract class SkuKeys
{
    /// <summary>Above all numbers.</summary>
    public abstract int Count { get; }

    /// <summary>The numbers of a SKU's groups, and maybe of others, which are not <see cref="IsGroup"/>.</summary>
    public abstract ReadOnlySpan<int> Of(ColumnBlock block, int place, int sku);

    /// <summary>Whether a number is one of a group.</summary>
    public virtual bool IsGroup(int number) => true;

    /// <summary>The group of a number.</summary>
    public abstract SkuGroup Group(int number, SkuSums sums);

    /// <param name="by">What SKUs are taken together by; bounds of prices are given.</param>
    /// <param name="query">With currency and levels.</param>
    /// <param name="terms">The values of facets.</param>
    public static SkuKeys Of(SkuGrouping by, SearchQuery query, FacetTerms terms) =>
        by switch
        {
            SkuGrouping.Value(var facet) => new Values(facet, terms),
            SkuGrouping.Price(var bounds) => new Prices(bounds ?? [], query.Currency),
            SkuGrouping.Level => new Levels(query.Levels),
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, message: null),
        };

    private sealed class Values(FacetName facet, FacetTerms terms) : SkuKeys
    {
        private readonly bool[] _isGroup =
        [
            .. Enumerable.Range(0, terms.Count).Select(number => IsOf(terms[number].Facet, facet)),
        ];

        public override int Count => _isGroup.Length;

        public override ReadOnlySpan<int> Of(ColumnBlock block, int place, int sku) =>
            facet.Kind == FacetKind.Option ? block.TermsOfSku(sku) : block.TermsOf(place);

        public override bool IsGroup(int number) => _isGroup[number];

        public override SkuGroup Group(int number, SkuSums sums) => new(terms[number], sums);

        private static bool IsOf(FacetName has, FacetName wanted) =>
            has.Kind == wanted.Kind && (wanted.Name.Length == 0 || has.Name == wanted.Name);
    }

    private sealed class Prices(IReadOnlyList<long> bounds, string currency) : SkuKeys
    {
        private readonly int[] _numbers = [.. Enumerable.Range(0, Math.Max(0, bounds.Count - 1))];

        public override int Count => _numbers.Length;

        public override ReadOnlySpan<int> Of(ColumnBlock block, int place, int sku) =>
            PriceBands.Find(bounds, block.Prices[sku].Minor) is >= 0 and var band
                ? _numbers.AsSpan(band, 1)
                : [];

        public override SkuGroup Group(int number, SkuSums sums)
        {
            var band = new PriceBand(bounds[number], bounds[number + 1], currency);
            return new(new(new(FacetKind.Price), band.Value), sums, band);
        }
    }

    private sealed class Levels(IReadOnlyList<StockRange> levels) : SkuKeys
    {
        private readonly int[] _numbers = [.. Enumerable.Range(0, levels.Count)];

        public override int Count => _numbers.Length;

        public override ReadOnlySpan<int> Of(ColumnBlock block, int place, int sku)
        {
            for (var level = 0; level < levels.Count; level++)
            {
                if (block.Available[sku] >= levels[level].From && block.Available[sku] <= levels[level].To)
                {
                    return _numbers.AsSpan(level, 1);
                }
            }

            return [];
        }

        public override SkuGroup Group(int number, SkuSums sums) =>
            new(new(new(FacetKind.Availability), levels[number].Name), sums);
    }
}
