namespace Shop.GraphQL.Catalog;

/// <summary>What became of a change of a product.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
internal sealed record ProductPayload(bool Replayed, [property: ListSize(20)] IReadOnlyList<Problem> Problems)
{
    /// <summary>The product that was changed.</summary>
    internal ProductId? Id { get; init; }

    /// <summary>The product as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<Product?>? Product([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<ProductById>().Load(id) : null;

    internal static ProductPayload Of(ProductId id, bool replayed = false) => new(replayed, []) { Id = id };

    internal static ProductPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(Replayed: false, problems);
}

/// <summary>What became of a change of a category.</summary>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
internal sealed record CategoryPayload([property: ListSize(20)] IReadOnlyList<Problem> Problems)
{
    /// <summary>The category that was changed.</summary>
    internal CategoryId? Id { get; init; }

    /// <summary>The category after the change; null where nothing was changed.</summary>
    public IDataLoaderResult<Category?>? Category([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<CategoryById>().Load(id) : null;

    internal static CategoryPayload Refused(params IReadOnlyList<Problem> problems) => new(problems);
}
