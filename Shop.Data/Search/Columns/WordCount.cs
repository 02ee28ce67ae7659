using Shop.Data.Search.Words;

namespace Shop.Data.Search.Columns;

/// <summary>Counts of each word how many products on sale are called by it.</summary>
/// <param name="terms">The values of facets.</param>
/// <param name="categories">The titles of categories.</param>
internal sealed class WordCount(FacetTerms terms, IReadOnlyDictionary<FacetTerm, string> categories)
{
    private readonly Dictionary<string, int> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string[]> _ofTerm = [];
    private readonly HashSet<string> _ofProduct = new(StringComparer.Ordinal);

    /// <summary>Words, each once.</summary>
    public IReadOnlyDictionary<string, int> Of(SearchColumns columns)
    {
        foreach (var (block, place) in columns.All)
        {
            if (block.SkuStart[place] < block.SkuStart[place + 1])
            {
                Count(block, place);
            }
        }

        return _products;
    }

    private void Count(ColumnBlock block, int place)
    {
        _ofProduct.Clear();
        _ofProduct.UnionWith(WordsOf(block.Facts[place].SortTitle));
        Add(block.TermsOf(place));
        for (var sku = block.SkuStart[place]; sku < block.SkuStart[place + 1]; sku++)
        {
            Add(block.TermsOfSku(sku));
        }

        foreach (var word in _ofProduct)
        {
            _products[word] = _products.GetValueOrDefault(word) + 1;
        }
    }

    private void Add(ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            if (!_ofTerm.TryGetValue(number, out var words))
            {
                _ofTerm.Add(number, words = [.. WordsOf(TextOf(terms[number]))]);
            }

            _ofProduct.UnionWith(words);
        }
    }

    private string TextOf(FacetTerm term) =>
        term.Facet.Kind == FacetKind.Category ? categories.GetValueOrDefault(term, "") : term.Value;

    private static IEnumerable<string> WordsOf(string text) =>
        SearchText.Of(text).Where(word => !word.IsSigns).SelectMany(word => word.Parts);
}
