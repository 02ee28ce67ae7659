namespace Shop.Data.Search.Finding;

/// <summary>A product that was found, with all that hits are sorted by.</summary>
/// <param name="ProductId">Which.</param>
/// <param name="Tier">
/// How well it meets the text, by rules of which the first that differs decides: 6, a code of it is the text; 5, its title is, or
/// a code begins with it; 4, the words stand side by side in the title; 3, all stand in the title; 2, all stand in title, brand,
/// categories, tags, option values and codes; 1, all stand anywhere; 0 where there is no text.
/// </param>
/// <param name="IsSellable">Whether one of the SKUs that pass can be bought now.</param>
/// <param name="Popularity">Rises with what was sold lately; from 0.</param>
/// <param name="CreatedAt">When it came into the catalogue.</param>
/// <param name="PriceMinor">The price of the cheapest SKU that passes.</param>
/// <param name="Title">What it is called.</param>
public sealed record SearchHit(
    ProductId ProductId,
    int Tier,
    bool IsSellable,
    short Popularity,
    DateTimeOffset CreatedAt,
    long PriceMinor,
    string Title
);

/// <summary>What is looked for.</summary>
/// <param name="Text">What the shopper typed; null where they typed nothing.</param>
/// <param name="Where">What the page is about.</param>
/// <param name="Order">In which order.</param>
public sealed record SearchQuery(string? Text, SearchCondition Where, SearchOrder Order);

/// <summary>A part of what was found.</summary>
/// <param name="Hits">In the order asked for.</param>
/// <param name="Age">How old the index was that they were found in, as far as it says itself.</param>
public sealed record SearchPage(IReadOnlyList<SearchHit> Hits, IndexAge Age);
