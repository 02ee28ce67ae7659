namespace Shop.Data.Catalog;

/// <summary>What a shopper looks at; what they buy is one of its variants.</summary>
public sealed class Product
{
    /// <summary>Sorts by time of birth.</summary>
    public required ProductId Id { get; init; }

    /// <summary>The seller's own article code, the key by which an import finds the product again. Unique.</summary>
    public required string Code { get; init; }

    /// <summary>Its place in a web address: <c>fairy-cake-design-umbrella</c>. Unique; stays when the title changes.</summary>
    public required string Slug { get; init; }

    /// <summary>What it is called, up to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Plain text; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>Whether shoppers see it.</summary>
    public required ProductStatus Status { get; init; }

    /// <summary>Who makes it, where that is known.</summary>
    public string? Brand { get; init; }

    /// <summary>How it is taxed: a class that tax zones name; null for the standard one. 1 to 50 small letters, digits and hyphens.</summary>
    public string? TaxClass { get; init; }

    /// <summary>The narrowest category it belongs to.</summary>
    public CategoryId? CategoryId { get; init; }

    /// <summary>Small letters, sorted, each once.</summary>
    public required string[] Tags { get; init; }

    /// <summary>Pictures, the first one to be shown first.</summary>
    public IReadOnlyList<ProductMedia> Media { get; init; } = [];

    /// <summary>What there is to choose; empty where it has a single variant.</summary>
    public required IReadOnlyList<ProductOption> Options { get; init; }

    /// <summary>The price of its cheapest variant in minor units, kept here so that products sort by price.</summary>
    public required long PriceFromMinor { get; init; }

    /// <summary>Rises by one with every change of the product or of a variant of it.</summary>
    public required int Version { get; init; }

    /// <summary>When it came into the catalogue; for imported goods the day of the first sale, if the file tells it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its variants, loaded only where a query asks for them.</summary>
    public IReadOnlyList<ProductVariant> Variants { get; init; } = new List<ProductVariant>();
}
