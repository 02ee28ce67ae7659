namespace Shop.Data.Search.Columns;

/// <summary>SKUs taken together, one or more, with prices in one currency.</summary>
/// <param name="Value">What they have in common.</param>
/// <param name="Sums">What they come to.</param>
/// <param name="Band">Of a range of prices.</param>
public sealed record SkuGroup(FacetTerm Value, SkuSums Sums, PriceBand? Band = null);

/// <summary>What SKUs come to.</summary>
public sealed class SkuSums
{
    private int _lastProduct;

    /// <summary>How many there are.</summary>
    public int Skus { get; private set; }

    /// <summary>Of how many products.</summary>
    public int Products { get; private set; }

    /// <summary>The lowest price, in minor units.</summary>
    public long MinPrice { get; private set; } = long.MaxValue;

    /// <summary>The highest price, in minor units.</summary>
    public long MaxPrice { get; private set; }

    /// <summary>All prices together, in minor units.</summary>
    public long PriceSum { get; private set; }

    /// <summary>How many of them can be bought.</summary>
    public int InStock { get; private set; }

    /// <summary>Units of all of them.</summary>
    public long Available { get; private set; }

    /// <summary>Takes one more in.</summary>
    /// <param name="product">A number of its product from 1; SKUs of a product come one after the other.</param>
    /// <param name="price">In minor units.</param>
    /// <param name="available">Units.</param>
    internal void Add(int product, long price, int available)
    {
        Skus++;
        Products += product == _lastProduct ? 0 : 1;
        _lastProduct = product;
        (MinPrice, MaxPrice) = (Math.Min(MinPrice, price), Math.Max(MaxPrice, price));
        PriceSum += price;
        InStock += available > 0 ? 1 : 0;
        Available += available;
    }
}
