using System.Text.Json.Serialization;
using Shop.Data.Catalog;

namespace Shop.GraphQL.Catalog;

/// <summary>What a shopper looks at; what they buy is one of its variants. Shoppers see active products only; staff with the role `CATALOG` see all.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Slug">Its place in a web address. Unique; stays when the title changes.</param>
/// <param name="Title">What it is called, up to 200 characters.</param>
/// <param name="Description">Plain text; may be empty.</param>
/// <param name="Status">Whether shoppers see it.</param>
/// <param name="Brand">Who makes it; null where that is not known.</param>
/// <param name="Tags">Words to browse by: small letters, sorted, each once; at most 50.</param>
/// <param name="Options">What there is to choose, at most 3; empty where it has a single variant.</param>
/// <param name="CreatedAt">When it came into the catalogue.</param>
/// <param name="UpdatedAt">When it, or a variant of it, last changed.</param>
/// <param name="Version">Rises with every change of it or of a variant; drop what is older than what you have.</param>
[Public]
internal sealed record Product(
    ProductId Id,
    string Slug,
    string Title,
    string Description,
    ProductStatus Status,
    string? Brand,
    IReadOnlyList<string> Tags,
    [property: ListSize(3)] IReadOnlyList<ProductOption> Options,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version
) : Node
{
    /// <summary>The narrowest category it stands in; null where it stands in none.</summary>
    [Public]
    public IDataLoaderResult<Category?> Category([FromServices] LoaderContext loaders) =>
        CategoryId is { } id ? loaders.Get<CategoryById>().Load(id) : LoaderResults.Of<Category?>(null);

    /// <summary>The seller's own article code, by which an import finds it again. Unique.</summary>
    [Staff(StaffRole.Catalog)]
    public string Code { get; init; } = "";

    /// <summary>How it is taxed: a class that tax zones name; null for `standard`.</summary>
    [Staff(StaffRole.Catalog)]
    public string? TaxClass { get; init; }

    /// <summary>Pictures, the first one to be shown first; at most 20. Empty where it has none.</summary>
    [ListSize(5)]
    public IReadOnlyList<Media> Media { get; init; } = [];

    /// <summary>Its SKUs, in display order.</summary>
    [Public]
    public IDataLoaderResult<Connection<ProductVariant>> Variants(
        ForwardPage page,
        [FromServices] LoaderContext loaders
    ) =>
        loaders
            .Get<VariantsByProduct>()
            .Load(Id)
            .Select(all => Connection<ProductVariant>.Cut(all, page, variant => Cursor.Of(variant.Id.Value)));

    /// <summary>The SKU of a choice; null where there is none like that.</summary>
    /// <param name="selectedOptions">One value for every option of the product, in any order; at most 3.</param>
    [Public]
    public IDataLoaderResult<ProductVariant?> Variant(
        [MaxItems(3)] IReadOnlyList<SelectedOptionInput> selectedOptions,
        [FromServices] LoaderContext loaders
    )
    {
        var wanted = selectedOptions
            .Select(option => new SelectedOption(option.Name, option.Value))
            .ToHashSet();
        return loaders
            .Get<VariantsByProduct>()
            .Load(Id)
            .Select(all => all.FirstOrDefault(variant => wanted.SetEquals(variant.SelectedOptions)));
    }

    /// <summary>The category's id.</summary>
    [JsonInclude]
    internal CategoryId? CategoryId { get; init; }

    /// <summary>The price of its cheapest variant, by which lists sort.</summary>
    [JsonInclude]
    internal long PriceFromMinor { get; init; }
}

/// <summary>A picture.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="Alt">What it shows, for those who cannot see it; may be empty.</param>
/// <param name="Width">Pixels; null where that is not known.</param>
/// <param name="Height">Pixels; null where that is not known.</param>
[Public]
internal sealed record Media(Uri Url, string Alt, int? Width, int? Height);
