using Shop.Data.Search.Suggesting;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>What a shopper may mean who is still typing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What to show: words to search for, or what the thing is called.</param>
/// <param name="Highlight">The same as HTML, in which nothing but `&lt;mark&gt;` around what was typed is markup.</param>
/// <param name="Count">Products that are meant, as far as was looked: at the 300 that sell most.</param>
[Public]
internal sealed record SearchSuggestion(SuggestionKind Kind, string Text, string Highlight, int Count)
{
    /// <summary>The product; null for other kinds, and where it is gone by now.</summary>
    [Public]
    public IDataLoaderResult<Product?> Product([FromServices] LoaderContext loaders) =>
        ProductId is { } id ? loaders.Get<ProductById>().Load(id) : LoaderResults.Of<Product?>(null);

    /// <summary>The category; null for other kinds, and where it is gone by now.</summary>
    [Public]
    public IDataLoaderResult<Category?> Category([FromServices] LoaderContext loaders) =>
        CategoryId is { } id ? loaders.Get<CategoryById>().Load(id) : LoaderResults.Of<Category?>(null);

    internal ProductId? ProductId { get; init; }

    internal CategoryId? CategoryId { get; init; }
}
