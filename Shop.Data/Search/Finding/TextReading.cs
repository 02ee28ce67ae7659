using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>How a text was read.</summary>
/// <param name="Asked">As the shopper has typed it.</param>
/// <param name="Terms">What was looked for.</param>
internal sealed record TextReading(string Asked, SearchTerms Terms)
{
    /// <summary>Whether a word took the place of one that no product has.</summary>
    public bool IsCorrected { get; init; }

    /// <summary>Whether words were left out.</summary>
    public bool IsRelaxed { get; init; }

    /// <summary>The same text in other words, the likeliest first; whether a product has them is not known.</summary>
    public IReadOnlyList<IReadOnlyList<SearchWord>> Candidates { get; init; } = [];

    /// <summary>What was looked for: the text itself where no word was changed.</summary>
    public string Used => IsCorrected || IsRelaxed ? Text(Terms.Words) : Asked;

    /// <summary>The words as a person would type them; read again, they are the same.</summary>
    public static string Text(IEnumerable<SearchWord> words) =>
        string.Join(' ', words.Select(word => word.Text));
}
