using Shop.Data.Search.Columns;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>Makes of counted facets what clients see.</summary>
internal sealed class FacetFields(LoaderContext loaders)
{
    /// <param name="lists">All that was counted.</param>
    /// <param name="keys">Which are asked for; null for all.</param>
    /// <param name="within">The categories that the page is about, above which none is told; empty for all.</param>
    /// <param name="cancel">Ends the read of the categories.</param>
    public async Task<IReadOnlyList<Facet>> OfAsync(
        IReadOnlyList<FacetList> lists,
        IReadOnlyCollection<FacetKey>? keys,
        IReadOnlyCollection<CategoryId> within,
        CancellationToken cancel
    )
    {
        var facets = new List<Facet>();
        foreach (
            var list in lists
                .Where(list => keys?.Contains(KeyOf(list)) != false)
                .OrderBy(list => list.Facet.Kind)
                .ThenBy(list => list.Facet.Name, StringComparer.Ordinal)
        )
        {
            var values = await ValuesAsync(list, within, cancel);
            if (values.Count > 0)
            {
                facets.Add(new(KeyOf(list), NameOf(list), LabelOf(list), values, list.OtherCount));
            }
        }

        return facets;
    }

    private async Task<IReadOnlyList<FacetValue>> ValuesAsync(
        FacetList list,
        IReadOnlyCollection<CategoryId> within,
        CancellationToken cancel
    ) =>
        list.Facet.Kind == FacetKind.Category
            ? FacetTree.Of(list.Values, await CategoriesAsync(list.Values, cancel), within)
            : [.. list.Values.Select(ValueOf)];

    private async Task<IReadOnlyList<Category>> CategoriesAsync(
        IReadOnlyList<FacetCount> values,
        CancellationToken cancel
    )
    {
        var found = await LoaderResults
            .All(values.Select(value => loaders.Get<CategoryById>().Load(FacetTree.IdOf(value))))
            .GetResultAsync(cancel);
        return [.. found.OfType<Category>()];
    }

    private static FacetValue ValueOf(FacetCount value) =>
        new(value.Value, value.Value, value.Count, value.IsTicked)
        {
            From = value.Band is { } band ? new Money(band.From, band.Currency) : null,
            To = value.Band is { } same ? new Money(same.To, same.Currency) : null,
        };

    // Both lists have the same order.
    private static FacetKey KeyOf(FacetList list) => (FacetKey)list.Facet.Kind;

    private static string? NameOf(FacetList list) => list.Facet.Name.Length == 0 ? null : list.Facet.Name;

    private static string LabelOf(FacetList list) => NameOf(list) ?? list.Facet.Kind.ToString();
}
