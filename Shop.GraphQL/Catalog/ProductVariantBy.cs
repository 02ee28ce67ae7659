namespace Shop.GraphQL.Catalog;

/// <summary>How to find a SKU; exactly one of them.</summary>
[OneOf]
internal sealed record ProductVariantBy
{
    /// <summary>Its id.</summary>
    public VariantId? Id { get; init; }

    /// <summary>Its stock-keeping unit, letter by letter.</summary>
    public string? Sku { get; init; }

    /// <summary>What it names, whatever has become of its product: for those who keep the stock.</summary>
    internal IDataLoaderResult<ProductVariant?> LoadNamed(LoaderContext loaders) =>
        Id is { } id ? loaders.Get<NamedVariantById>().Load(id) : loaders.Get<NamedVariantBySku>().Load(Sku!);

    /// <summary>What it names; null where that does not exist.</summary>
    internal IDataLoaderResult<ProductVariant?> Load(LoaderContext loaders) =>
        Id is { } id ? loaders.Get<VariantById>().Load(id) : loaders.Get<VariantBySku>().Load(Sku!);
}
