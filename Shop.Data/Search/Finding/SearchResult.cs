using Shop.Data.Search.Columns;

namespace Shop.Data.Search.Finding;

/// <summary>All that was found, of one moment of the index.</summary>
public abstract class SearchResult
{
    private protected SearchResult() { }

    /// <summary>How old the index was, as far as it says itself.</summary>
    public abstract IndexAge Age { get; }

    /// <summary>Hits in all.</summary>
    public abstract int Count { get; }

    /// <summary>What the hits can be narrowed down by.</summary>
    public abstract SearchFacets Facets { get; }

    /// <summary>How the text was read; null without one.</summary>
    internal TextReading? Reading { get; private set; }

    /// <summary>Whether another store answers than the one that should.</summary>
    public bool IsFallback { get; private set; }

    /// <summary>What was asked for and what was looked for; null without a text.</summary>
    public (string Asked, string Used)? Text => Reading is { } read ? (read.Asked, read.Used) : null;

    /// <summary>Whether a word took the place of one that no product has.</summary>
    public bool IsCorrected => Reading is { IsCorrected: true };

    /// <summary>Whether words were left out.</summary>
    public bool IsRelaxed => Reading is { IsRelaxed: true };

    /// <summary>A part of the hits, in the order of the query.</summary>
    /// <param name="after">The last hit before it; null for the first part. Only what the order goes by counts.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="cancel">Ends it.</param>
    public abstract ValueTask<IReadOnlyList<SearchHit>> PageAsync(
        SearchHit? after,
        int limit,
        CancellationToken cancel
    );

    /// <summary>Whether anything would be found without what is ticked.</summary>
    internal abstract ValueTask<bool> HasUntickedAsync(CancellationToken cancel);

    /// <summary>The same, and how the text was read.</summary>
    internal SearchResult ReadAs(TextReading reading)
    {
        Reading = reading;
        return this;
    }

    /// <summary>The same, from a store that stands in.</summary>
    internal SearchResult AsFallback()
    {
        IsFallback = true;
        return this;
    }
}

/// <summary>What hits can be narrowed down by.</summary>
/// <param name="Lists">Facets with values.</param>
/// <param name="Prices">The lowest and the highest price of SKUs that meet everything but a tick of the price; null where there is none.</param>
public sealed record SearchFacets(IReadOnlyList<FacetList> Lists, (Money Min, Money Max)? Prices)
{
    /// <summary>Nothing.</summary>
    public static SearchFacets None { get; } = new([], Prices: null);
}
