using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>
/// Counts facets in one walk over products: what a click on a value would show. All ticks hold but those of the value's own facet;
/// one SKU has to meet all that is asked of SKUs; a product counts once for a value.
/// </summary>
/// <remarks>
/// Each facet that has ticks is a bit, which a SKU has where it meets them. Where none is missing, all values of the SKU and its
/// product count; where one is missing, only the values of that facet do.
/// </remarks>
internal sealed class FacetWalk
{
    private readonly SearchColumns _columns;
    private readonly SkuTest _passes;
    private readonly SkuTest[] _ticks;
    private readonly FacetName[] _ticked;
    private readonly IReadOnlyList<StockRange> _levels;
    private readonly string _currency;
    private readonly int[] _bitOfTerm;
    private readonly int[] _counts;
    private readonly int[] _stamps;
    private readonly List<(long Price, int Product)> _prices = [];
    private readonly List<long> _allPrices = [];
    private int _product;

    /// <param name="columns">What is counted.</param>
    /// <param name="query">What for; at most one tick for each facet, and at most 30.</param>
    public FacetWalk(SearchColumns columns, SearchQuery query)
    {
        _columns = columns;
        _passes = SkuTests.Of(query.Where, columns.Terms);
        _ticks = [.. query.Ticks.Select(tick => SkuTests.Of(tick.Condition, columns.Terms))];
        _ticked = [.. query.Ticks.Select(tick => tick.Facet)];
        (_levels, _currency) = (query.Levels, query.Currency);
        // Behind the values that products have stand the levels of stock.
        Terms =
        [
            .. Enumerable.Range(0, columns.Terms.Count).Select(number => columns.Terms[number]),
            .. _levels.Select(level => new FacetTerm(new(FacetKind.Availability), level.Name)),
        ];
        _bitOfTerm = [.. Terms.Select(term => Array.IndexOf(_ticked, term.Facet))];
        (_counts, _stamps) = (new int[Terms.Length], new int[Terms.Length]);
    }

    /// <summary>All values, by number.</summary>
    public FacetTerm[] Terms { get; }

    /// <summary>Products that have a value, by its number.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Prices of SKUs that meet everything but a tick of the price, in minor units of the query's currency, each with a number of its product.</summary>
    public IReadOnlyList<(long Price, int Product)> Prices => _prices;

    /// <summary>The same of SKUs that meet what the page is about, whatever is ticked.</summary>
    public IReadOnlyCollection<long> AllPrices => _allPrices;

    /// <summary>Walks over these products; each of them once.</summary>
    public FacetWalk Over(IEnumerable<ColumnPlace> products)
    {
        foreach (var (block, place) in products)
        {
            _product++;
            for (var sku = block.SkuStart[place]; sku < block.SkuStart[place + 1]; sku++)
            {
                if (_passes(block, place, sku))
                {
                    Visit(block, place, sku);
                }
            }
        }

        return this;
    }

    private void Visit(ColumnBlock block, int place, int sku)
    {
        var (missing, bit) = Missing(block, place, sku);
        if (missing <= 1)
        {
            Count(block.TermsOf(place), bit);
            Count(block.TermsOfSku(sku), bit);
            CountLevel(block.Available[sku], bit);
        }

        if (block.Prices[sku] is var price && price.Currency == _currency)
        {
            _allPrices.Add(price.Minor);
            if (missing == 0 || (missing == 1 && _ticked[bit].Kind == FacetKind.Price))
            {
                _prices.Add((price.Minor, _product));
            }
        }
    }

    // How many ticks it does not meet, and the last of them; -1 for none.
    private (int Missing, int Bit) Missing(ColumnBlock block, int place, int sku)
    {
        var (missing, last) = (0, -1);
        for (var bit = 0; bit < _ticks.Length && missing < 2; bit++)
        {
            if (!_ticks[bit](block, place, sku))
            {
                (missing, last) = (missing + 1, bit);
            }
        }

        return (missing, last);
    }

    private void CountLevel(int available, int onlyBit)
    {
        for (var level = 0; level < _levels.Count; level++)
        {
            if (available >= _levels[level].From && available <= _levels[level].To)
            {
                Count([Terms.Length - _levels.Count + level], onlyBit);
            }
        }
    }

    // A value counts for a product once, whatever the number of its SKUs. One that came up since stands on none of these.
    private void Count(ReadOnlySpan<int> terms, int onlyBit)
    {
        foreach (var term in terms)
        {
            if (_stamps[term] != _product && (onlyBit < 0 || _bitOfTerm[term] == onlyBit))
            {
                _stamps[term] = _product;
                _counts[term]++;
            }
        }
    }
}
