namespace Shop.Data.Catalog.Messages;

/// <summary>A product as another context copies it: all that is said of it, with the SKUs that are sold.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">Rises with every change of it or of a SKU of it.</param>
/// <param name="IsOnSale">Whether shoppers see it.</param>
/// <param name="Slug">Its place in a web address.</param>
/// <param name="Code">The seller's article code.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Description">Plain text; may be empty.</param>
/// <param name="Brand">Who makes it; null where that is not known.</param>
/// <param name="Category">The narrowest category it belongs to; null for none.</param>
/// <param name="Tags">Small letters, sorted, each once.</param>
/// <param name="CreatedAt">When it came into the catalogue.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Variants">In display order; empty where all were taken out of the range.</param>
public sealed record ProductDocument(
    ProductId Id,
    int Version,
    bool IsOnSale,
    string Slug,
    string Code,
    string Title,
    string Description,
    string? Brand,
    CategoryId? Category,
    IReadOnlyList<string> Tags,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<VariantDocument> Variants
);

/// <summary>A SKU of it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Sku">What the seller calls it.</param>
/// <param name="Options">One value for each of the product's options.</param>
/// <param name="PriceMinor">What one costs, in minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record VariantDocument(
    VariantId Id,
    string Sku,
    IReadOnlyList<OptionDocument> Options,
    long PriceMinor,
    string Currency
);

/// <summary>What was chosen of an option, such as <c>Red</c> of <c>Colour</c>.</summary>
public sealed record OptionDocument(string Name, string Value);
