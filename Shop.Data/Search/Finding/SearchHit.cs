namespace Shop.Data.Search.Finding;

/// <summary>A product that was found, with all that hits are sorted by.</summary>
public readonly record struct SearchHit
{
    /// <summary>Which.</summary>
    public ProductId ProductId { get; init; }

    /// <summary>
    /// How well it meets the text, by rules of which the first that differs decides: 6, a code of it is the text; 5, its title is, or
    /// a code begins with it; 4, the words stand side by side in the title; 3, all stand in the title; 2, all stand in title, brand,
    /// categories, tags, option values and codes; 1, all stand anywhere; 0 where there is no text.
    /// </summary>
    public int Tier { get; init; }

    /// <summary>Whether one of the SKUs that pass can be bought now.</summary>
    public bool IsSellable { get; init; }

    /// <summary>Rises with what was sold lately; from 0.</summary>
    public short Popularity { get; init; }

    /// <summary>When it came into the catalogue.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The price of the cheapest SKU that passes.</summary>
    public long PriceMinor { get; init; }

    /// <summary>The title, folded.</summary>
    public string? SortTitle { get; init; }

    /// <summary>The first SKU that passes, in display order.</summary>
    public VariantId FirstSku { get; init; }

    /// <summary>SKUs that pass; one or more.</summary>
    public int SkuCount { get; init; }
}
