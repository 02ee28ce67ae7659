using Shop.Data.Search.Columns;

namespace Shop.GraphQL.Search;

/// <summary>Which facets a request looks at.</summary>
internal static class CountedFacets
{
    /// <param name="context">Of the list of products.</param>
    /// <param name="keys">Which are asked for; null for all.</param>
    public static IReadOnlyCollection<FacetKind> Of(
        IResolveFieldContext context,
        IReadOnlyCollection<FacetKey>? keys
    )
    {
        var fields = context.SubFields?.Values.Select(field => field.FieldType.Name).ToList() ?? [];
        var asked = fields.Contains("facets") ? keys ?? Enum.GetValues<FacetKey>() : [];
        var price = fields.Contains("priceRange") ? [FacetKey.Price] : Array.Empty<FacetKey>();
        return [.. asked.Concat(price).Select(key => (FacetKind)key).Distinct()];
    }
}
