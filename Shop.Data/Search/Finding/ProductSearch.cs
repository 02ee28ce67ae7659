using Npgsql;
using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>
/// Finds products. Which words are looked for is decided here, alike for every store of the index: a text that nothing meets is
/// corrected and relaxed. A store says what meets them.
/// </summary>
public abstract class ProductSearch
{
    /// <summary>The most characters of a text.</summary>
    public const int MaxText = 200;

    /// <summary>The most other texts that are offered.</summary>
    public const int MaxAlternatives = 3;

    private readonly Wording _wording;

    private protected ProductSearch(Wording wording) => _wording = wording;

    /// <summary>Products that meet a query. A text without words finds nothing.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and had to be asked.</exception>
    /// <exception cref="SearchAwayException">So is the store, and nothing takes its place.</exception>
    public virtual async Task<SearchResult> FindAsync(SearchQuery query, CancellationToken cancel)
    {
        if (query.Text is not { } text)
        {
            return await AllAsync(query, cancel);
        }

        var words = SearchText.Of(text);
        var typed = new TextReading(text, await ReadAsync(words, cancel));
        var found = await MatchAsync(query, typed.Terms, whole: words, cancel);
        return words.Count == 0 || await found.HasUntickedAsync(cancel)
            ? found.ReadAs(typed)
            : await new TextRescue(this, query, found).RunAsync(typed, cancel);
    }

    /// <summary>
    /// What the shopper may have meant instead of what was looked for: texts of which all words are some product's, the likeliest
    /// first, at most <see cref="MaxAlternatives"/>.
    /// </summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and had to be asked.</exception>
    /// <exception cref="SearchAwayException">So is the store, and nothing takes its place.</exception>
    public virtual async Task<IReadOnlyList<string>> AlternativesAsync(
        SearchResult found,
        CancellationToken cancel
    )
    {
        if (found.Reading is not { Candidates: { Count: > 0 } candidates })
        {
            return [];
        }

        var texts = new List<SearchTerms>();
        foreach (var words in candidates)
        {
            texts.Add(await ReadAsync(words, cancel));
        }

        var places = await WithHitsAsync(texts, cancel);
        return [.. places.Take(MaxAlternatives).Select(place => TextReading.Text(candidates[place]))];
    }

    /// <summary>All products that pass the filters.</summary>
    private protected abstract Task<SearchResult> AllAsync(SearchQuery query, CancellationToken cancel);

    /// <summary>What words look for, as staff has said what means the same; past the tenth none is read.</summary>
    internal Task<SearchTerms> ReadAsync(IReadOnlyList<SearchWord> words, CancellationToken cancel) =>
        _wording.ReadAsync(words, isBegun: false, cancel);

    /// <summary>Products that have all the terms and pass the filters.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="terms">What the text says.</param>
    /// <param name="whole">
    /// All words of the text, which as a whole may be a code or a title, however long that is; null where it may not.
    /// </param>
    /// <param name="cancel">Ends it.</param>
    internal abstract Task<SearchResult> MatchAsync(
        SearchQuery query,
        SearchTerms terms,
        IReadOnlyList<SearchWord>? whole,
        CancellationToken cancel
    );

    /// <summary>Which of the terms products have.</summary>
    internal abstract Task<WordsFound> LookAsync(
        SearchQuery query,
        SearchTerms terms,
        CancellationToken cancel
    );

    /// <summary>Which of several texts some product on sale has all terms of, in their order.</summary>
    private protected abstract Task<IReadOnlyList<int>> WithHitsAsync(
        IReadOnlyList<SearchTerms> texts,
        CancellationToken cancel
    );

    /// <summary>What products are called by.</summary>
    internal abstract Task<Vocabulary> VocabularyAsync(CancellationToken cancel);
}

/// <summary>Which of some terms products have; terms are bits, 1 for the first.</summary>
internal abstract class WordsFound
{
    /// <summary>Those that some product on sale has.</summary>
    public abstract int Known { get; }

    /// <summary>What is left of them by <see cref="Relaxation"/>, as far as products pass the page's own filters.</summary>
    public abstract Task<int> KeptAsync(CancellationToken cancel);
}
