using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Inventory;

/// <summary>What became of a change of stock.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
internal sealed record StockPayload(bool Replayed, [property: ListSize(3)] IReadOnlyList<Problem> Problems)
{
    /// <summary>Whose stock was changed.</summary>
    internal VariantId? VariantId { get; init; }

    /// <summary>The SKU, with its stock as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<ProductVariant?>? Variant([FromServices] LoaderContext loaders) =>
        VariantId is { } id ? loaders.Get<NamedVariantById>().Load(id) : null;

    internal static StockPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(Replayed: false, problems);
}
