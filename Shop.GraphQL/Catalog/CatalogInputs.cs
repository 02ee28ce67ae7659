namespace Shop.GraphQL.Catalog;

/// <summary>How to find a product; exactly one of them.</summary>
[OneOf]
internal sealed record ProductBy
{
    /// <summary>Its id.</summary>
    public ProductId? Id { get; init; }

    /// <summary>Its place in a web address.</summary>
    [MaxText(200)]
    public string? Slug { get; init; }

    /// <summary>What it names; null where that does not exist.</summary>
    internal IDataLoaderResult<Product?> Load(LoaderContext loaders) =>
        Id is { } id ? loaders.Get<ProductById>().Load(id) : loaders.Get<ProductBySlug>().Load(Slug!);
}

/// <summary>How to find a category; exactly one of them.</summary>
[OneOf]
internal sealed record CategoryBy
{
    /// <summary>Its id.</summary>
    public CategoryId? Id { get; init; }

    /// <summary>Its place in a web address.</summary>
    [MaxText(200)]
    public string? Slug { get; init; }

    /// <summary>What it names; null where that does not exist.</summary>
    internal IDataLoaderResult<Category?> Load(LoaderContext loaders) =>
        Id is { } id ? loaders.Get<CategoryById>().Load(id) : loaders.Get<CategoryBySlug>().Load(Slug!);
}

/// <summary>A choice a shopper made.</summary>
/// <param name="Name">The option's name, such as `Colour`; letter by letter.</param>
/// <param name="Value">One of its values.</param>
internal sealed record SelectedOptionInput(
    [property: MaxText(200)] string Name,
    [property: MaxText(200)] string Value
);
