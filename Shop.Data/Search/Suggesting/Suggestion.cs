namespace Shop.Data.Search.Suggesting;

/// <summary>What a shopper may mean who is still typing.</summary>
public enum SuggestionKind
{
    /// <summary>The words, the last one completed.</summary>
    Words,

    /// <summary>A category, called so.</summary>
    Category,

    /// <summary>Who makes products, called so.</summary>
    Brand,

    /// <summary>A product with such a code.</summary>
    Code,

    /// <summary>A product, called so, or its maker or category is.</summary>
    Product,
}

/// <summary>One of them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What to show.</param>
/// <param name="Highlight">The same as HTML, with what was typed in <c>&lt;mark&gt;</c>.</param>
/// <param name="Count">Products, as far as was looked.</param>
public sealed record Suggestion(SuggestionKind Kind, string Text, string Highlight, int Count)
{
    /// <summary>Of a product or a code, which.</summary>
    public ProductId? Product { get; init; }

    /// <summary>Of a category, which.</summary>
    public CategoryId? Category { get; init; }
}
