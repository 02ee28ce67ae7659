namespace Shop.Data.Search.Finding;

/// <summary>What hits are sorted by. Equal ones come in the order of their ids, whichever way the list is read.</summary>
public enum SearchOrderField
{
    /// <summary>How well they meet the text; then what can be bought, the more popular, the newer.</summary>
    Relevance,

    /// <summary>How much of them was sold lately.</summary>
    Popularity,

    /// <summary>The price of the cheapest SKU that passes.</summary>
    Price,

    /// <summary>When they came into the catalogue.</summary>
    CreatedAt,

    /// <summary>The title.</summary>
    Title,
}

/// <summary>An order of hits; compares them.</summary>
/// <param name="Field">By what.</param>
/// <param name="IsReversed">True for worst, dearest, oldest or Z first; relevance and popularity begin with the best.</param>
public sealed record SearchOrder(SearchOrderField Field, bool IsReversed) : IComparer<SearchHit>
{
    /// <inheritdoc />
    public int Compare(SearchHit x, SearchHit y)
    {
        var by = IsReversed ? By(y, x) : By(x, y);
        return by != 0 ? by : x.ProductId.Value.CompareTo(y.ProductId.Value);
    }

    private int By(SearchHit x, SearchHit y) =>
        Field switch
        {
            SearchOrderField.Relevance => Relevance(x).CompareTo(Relevance(y)),
            SearchOrderField.Popularity => y.Popularity.CompareTo(x.Popularity),
            SearchOrderField.Price => x.PriceMinor.CompareTo(y.PriceMinor),
            SearchOrderField.CreatedAt => y.CreatedAt.CompareTo(x.CreatedAt),
            SearchOrderField.Title => string.CompareOrdinal(x.SortTitle, y.SortTitle),
            _ => throw new InvalidOperationException($"There is no order {Field}."),
        };

    private static (int, bool, int, long) Relevance(SearchHit hit) =>
        (-hit.Tier, !hit.IsSellable, -hit.Popularity, -hit.CreatedAt.UtcTicks);
}
