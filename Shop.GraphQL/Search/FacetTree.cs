using System.Globalization;
using Shop.Data.Search.Columns;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>Puts counted categories in the order of their tree: each before what stands below it, beside each other by products.</summary>
internal static class FacetTree
{
    /// <summary>The category of a value.</summary>
    public static CategoryId IdOf(FacetCount value) =>
        new(long.Parse(value.Value, CultureInfo.InvariantCulture));

    /// <param name="values">Most products first.</param>
    /// <param name="categories">Those of the values that there are.</param>
    /// <param name="within">Where the tree begins; empty for the categories above which the values have none.</param>
    public static IReadOnlyList<FacetValue> Of(
        IReadOnlyList<FacetCount> values,
        IReadOnlyList<Category> categories,
        IReadOnlyCollection<CategoryId> within
    )
    {
        var byId = categories.ToDictionary(category => category.Id);
        var counted = values.Where(value => byId.ContainsKey(IdOf(value))).ToList();
        var below = counted.ToLookup(value => ParentOf(byId[IdOf(value)]));
        var roots = within.Count == 0 ? below[null] : counted.Where(value => within.Contains(IdOf(value)));
        return [.. roots.SelectMany(root => Branch(root, depth: 0))];

        CategoryId? ParentOf(Category category) =>
            category.ParentId is { } parent && byId.ContainsKey(parent) ? parent : null;

        IEnumerable<FacetValue> Branch(FacetCount value, int depth)
        {
            var category = byId[IdOf(value)];
            return below[category.Id]
                .SelectMany(child => Branch(child, depth + 1))
                .Prepend(
                    new(
                        category.Title,
                        GlobalId.Of(category.Id).ToString(),
                        value.Count,
                        value.IsTicked,
                        depth,
                        category
                    )
                );
        }
    }
}
