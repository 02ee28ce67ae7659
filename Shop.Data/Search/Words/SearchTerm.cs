namespace Shop.Data.Search.Words;

/// <summary>What is looked for as one, and goes as one where words are left out.</summary>
/// <param name="Words">As they were typed: one, or several that have synonyms together.</param>
/// <param name="Alternatives">What means the same, as staff has said: words that stand side by side. Often none.</param>
internal sealed record SearchTerm(
    IReadOnlyList<SearchWord> Words,
    IReadOnlyList<IReadOnlyList<SearchWord>> Alternatives
)
{
    /// <summary>All ways to put it; as it was typed comes first.</summary>
    public IEnumerable<IReadOnlyList<SearchWord>> Readings => Alternatives.Prepend(Words);

    /// <summary>What it may have been meant for; nothing where it has synonyms, and so is a word.</summary>
    public IReadOnlyList<SearchWord> Corrections(Vocabulary vocabulary) =>
        Alternatives.Count > 0 ? [] : Words[0].Corrections(vocabulary);
}
