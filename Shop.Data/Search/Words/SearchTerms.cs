namespace Shop.Data.Search.Words;

/// <summary>What a text looks for: products that have each of its terms.</summary>
/// <param name="Each">In the order of the text.</param>
/// <param name="Stems">Of all words in them; a word that is not in it is its own.</param>
internal sealed record SearchTerms(IReadOnlyList<SearchTerm> Each, IReadOnlyDictionary<string, string> Stems)
{
    // What stands side by side is asked for in so many ways: five words with two synonyms each have more.
    private const int MaxReadings = 32;

    /// <summary>The words as they were typed.</summary>
    public IReadOnlyList<SearchWord> Words => [.. Each.SelectMany(term => term.Words)];

    /// <summary>Those, and all that means the same.</summary>
    public IEnumerable<SearchWord> Meant => Each.SelectMany(term => term.Readings).SelectMany(words => words);

    /// <summary>All ways to put the text, the first 32 of them; as it was typed comes first.</summary>
    public IReadOnlyList<IReadOnlyList<SearchWord>> Readings =>
        [
            .. Each.Aggregate(
                    (IEnumerable<IReadOnlyList<SearchWord>>)
                        [
                            [],
                        ],
                    (begun, term) =>
                        begun.SelectMany(
                            _ => term.Readings,
                            (words, next) => (IReadOnlyList<SearchWord>)[.. words, .. next]
                        )
                )
                .Take(MaxReadings),
        ];

    /// <summary>Some of the terms alone.</summary>
    /// <param name="kept">A bit for each; 1 for the first.</param>
    public SearchTerms Only(int kept) =>
        this with
        {
            Each = [.. Each.Where((_, place) => (kept & (1 << place)) != 0)],
        };

    /// <summary>What a word, or a part of one, is looked for by.</summary>
    public IEnumerable<string> StemsOf(SearchWord word) =>
        word.Parts.Select(part => Stems.GetValueOrDefault(part, part));
}
