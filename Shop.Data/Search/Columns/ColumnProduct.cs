namespace Shop.Data.Search.Columns;

/// <summary>A product as it goes into the columns.</summary>
/// <param name="Id">Which.</param>
/// <param name="Terms">Its own values: categories from the root down, brand, tags.</param>
/// <param name="Skus">Those that are sold, in display order; none where shoppers do not see it.</param>
internal sealed record ColumnProduct(
    ProductId Id,
    IReadOnlyList<FacetTerm> Terms,
    IReadOnlyList<ColumnSku> Skus
)
{
    /// <summary>What else is asked of it.</summary>
    public ProductFacts Facts { get; init; } = new("", "", 0, default, default);
}

/// <summary>What a product is filtered and sorted by, beside the values of facets.</summary>
/// <param name="Slug">Its place in a web address.</param>
/// <param name="SortTitle">The title as titles are sorted: folded.</param>
/// <param name="Popularity">Rises with what was sold lately; from 0.</param>
/// <param name="CreatedAt">When it came into the catalogue.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal readonly record struct ProductFacts(
    string Slug,
    string SortTitle,
    short Popularity,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

/// <summary>A SKU of it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Price">What one costs.</param>
/// <param name="Available">Units that can be sold.</param>
/// <param name="Terms">Its own values: those of options.</param>
internal sealed record ColumnSku(VariantId Id, Money Price, int Available, IReadOnlyList<FacetTerm> Terms);
