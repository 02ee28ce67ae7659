namespace Shop.Data.Search.Finding;

/// <summary>What hits are sorted by. Equal ones come in the order of their ids, whichever way the list is read.</summary>
public enum SearchOrderField
{
    /// <summary>How well they meet the text.</summary>
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

/// <summary>An order of hits.</summary>
/// <param name="Field">By what.</param>
/// <param name="IsReversed">True for worst, dearest, oldest or Z first; relevance and popularity begin with the best.</param>
public sealed record SearchOrder(SearchOrderField Field, bool IsReversed)
{
    /// <summary>The columns of a hit, each with whether it falls; the id comes after them.</summary>
    internal IReadOnlyList<(string Column, bool Falls)> Columns =>
        Field switch
        {
            SearchOrderField.Relevance =>
            [
                ("tier", !IsReversed),
                ("is_sellable", !IsReversed),
                ("popularity", !IsReversed),
                ("created_at", !IsReversed),
            ],
            SearchOrderField.Popularity => [("popularity", !IsReversed)],
            SearchOrderField.Price => [("price", IsReversed)],
            SearchOrderField.CreatedAt => [("created_at", !IsReversed)],
            SearchOrderField.Title => [("title", IsReversed)],
            _ => throw new InvalidOperationException($"There is no order {Field}."),
        };
}
