using Shop.Data.Search;
using Shop.Data.Search.Finding;

namespace Shop.GraphQL.Search;

/// <summary>How a text was read.</summary>
/// <param name="Asked">As it was typed.</param>
/// <param name="Used">What was looked for: other words where `notices` tells so.</param>
[Public]
internal sealed record SearchedText(string Asked, string Used)
{
    /// <summary>What the shopper may have meant instead ("did you mean"), the likeliest first; some product has all words of each. At most 3.</summary>
    [Public(SearchAnnouncements.Channel), Cost(5), ListSize(ProductSearch.MaxAlternatives)]
    public Task<IReadOnlyList<string>> AlternativesAsync(
        [FromServices] ProductSearch search,
        CancellationToken cancel
    ) => SearchAway.TellAsync(() => search.AlternativesAsync(Found, cancel));

    /// <summary>What was found by it.</summary>
    internal required SearchResult Found { get; init; }
}

/// <summary>What a shopper should be told of a list that was found.</summary>
internal enum SearchNotice
{
    /// <summary>No product has a word that was typed; the nearest word that products have was looked for. `correctText: false` looks for the text itself.</summary>
    Corrected,

    /// <summary>No product has all the words; some were left out.</summary>
    Relaxed,

    /// <summary>The search engine is away, and another one answers: alike, and more slowly.</summary>
    Fallback,

    /// <summary>The index is older than it should be: see `asOf`.</summary>
    Stale,
}
