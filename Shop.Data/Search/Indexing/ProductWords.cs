using Shop.Data.Catalog.Messages;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Indexing;

/// <summary>The words of a product, by where they stand.</summary>
internal sealed class ProductWords
{
    private readonly IReadOnlyList<SearchWord> _title;
    private readonly IReadOnlyList<SearchWord>[] _names;
    private readonly IReadOnlyList<SearchWord> _description;

    /// <param name="product">Whose.</param>
    /// <param name="categories">The titles of its category and of all above that.</param>
    public ProductWords(ProductDocument product, IEnumerable<string> categories)
    {
        _title = SearchText.Of(product.Title);
        _names =
        [
            _title,
            .. categories
                .Prepend(product.Brand ?? "")
                .Concat(product.Tags)
                .Concat(
                    product
                        .Variants.SelectMany(variant => variant.Options)
                        .Select(option => option.Value)
                        .Distinct()
                )
                .Select(SearchText.Of),
        ];
        _description = SearchText.Of(product.Description);
        Codes =
        [
            .. product
                .Variants.Select(variant => variant.Sku)
                .Prepend(product.Code)
                .Select(code => SearchText.CodeOf(SearchText.Of(code)))
                .Where(code => code.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>What it is called by: SKUs and article code.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>All of its words, to ask for their stems.</summary>
    public IEnumerable<SearchWord> All => _names.SelectMany(words => words).Concat(_description);

    /// <summary>The title, to be compared word for word.</summary>
    public string Title => SearchText.Plain(_title);

    /// <summary>The three vectors: of the title, of all names, of everything.</summary>
    public (string Title, string Names, string All) Vectors(IReadOnlyDictionary<string, string> stems)
    {
        var names = Names(stems);
        return (
            new VectorText(stems).Add(_title).ToString(),
            names.ToString(),
            names.Add(_description).ToString()
        );
    }

    private VectorText Names(IReadOnlyDictionary<string, string> stems)
    {
        var names = _names.Aggregate(new VectorText(stems), (text, words) => text.Add(words));
        return Codes.Aggregate(names, (text, code) => text.AddCode(code));
    }
}
