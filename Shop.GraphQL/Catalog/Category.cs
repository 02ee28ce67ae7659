using System.Text.Json.Serialization;

namespace Shop.GraphQL.Catalog;

/// <summary>A group of products; categories stand in a tree.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Slug">Its place in a web address. Unique in the whole tree.</param>
/// <param name="Title">What it is called, up to 200 characters.</param>
[Public]
internal sealed record Category(CategoryId Id, string Slug, string Title) : Node
{
    /// <summary>The category above; null for a root.</summary>
    [Public]
    public IDataLoaderResult<Category?> Parent([FromServices] LoaderContext loaders) =>
        ParentId is { } id ? loaders.Get<CategoryById>().Load(id) : LoaderResults.Of<Category?>(null);

    /// <summary>The categories right below, in display order; at most 200.</summary>
    [Public, ListSize(10)]
    public IDataLoaderResult<IReadOnlyList<Category>> Children([FromServices] LoaderContext loaders) =>
        loaders.Get<ChildCategories>().Load(Id);

    /// <summary>The products of this category and of all below it, by title.</summary>
    [Public, Cost(10)]
    public IDataLoaderResult<IDataLoaderResult<Connection<Product>>> Products(
        ForwardPage page,
        [FromServices] LoaderContext loaders
    ) => ProductsOfCategory.Load(loaders, Id, page);

    /// <summary>The id of the category above.</summary>
    [JsonInclude]
    internal CategoryId? ParentId { get; init; }
}
