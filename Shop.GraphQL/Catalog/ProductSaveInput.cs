using Shop.Data.Catalog;

namespace Shop.GraphQL.Catalog;

/// <summary>
/// A product as it shall be. It is the whole truth: what is left out is empty afterwards, and variants that are left out are
/// taken out of the range; they come back when they are named again. `slug`, `code`, `taxClass` and `status` stay where they are left out.
/// </summary>
/// <param name="IdempotencyKey">The same key saves once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Id">Which product; null for a new one.</param>
/// <param name="IfVersion">Refused unless the product is at this version; null for whatever it is at, and for a new one.</param>
/// <param name="Title">What it is called; 1 to 200 characters.</param>
/// <param name="Slug">Its place in a web address: small letters and digits with hyphens between, at most 120 characters. Made of the title of a new product where it is left out.</param>
/// <param name="Code">The seller's own article code, by which an import finds it again; at most 64 characters. One is made for a new product where it is left out.</param>
/// <param name="Description">Plain text; at most 10,000 characters.</param>
/// <param name="Brand">Who makes it; at most 200 characters.</param>
/// <param name="TaxClass">How it is taxed: a class that tax zones name, 1 to 50 small letters, digits and hyphens. It stays where it is left out, and is `standard` for a new product. What its destination's zone does not name is not taxed there.</param>
/// <param name="Category">The narrowest category it stands in.</param>
/// <param name="Tags">Words to browse by, in any order and case; at most 50 of at most 50 characters.</param>
/// <param name="Media">Pictures, the first one to be shown first; at most 20.</param>
/// <param name="Options">What there is to choose; at most 3. None where there is a single variant.</param>
/// <param name="Variants">Its SKUs, in display order; 1 to 100, no two with the same choice.</param>
/// <param name="Status">`DRAFT` or `ACTIVE`; a new product is a draft where it is left out. What was on sale is no draft again.</param>
internal sealed record ProductSaveInput(
    Guid IdempotencyKey,
    ProductId? Id,
    int? IfVersion,
    [property: MaxText(ProductRules.MaxTitle)] string Title,
    [property: MaxText(120)] string? Slug,
    [property: MaxText(ProductRules.MaxCode)] string? Code,
    [property: MaxText(ProductRules.MaxDescription)] string? Description,
    [property: MaxText(ProductRules.MaxTitle)] string? Brand,
    [property: MaxText(50)] string? TaxClass,
    CategoryBy? Category,
    [property: MaxItems(ProductRules.MaxTags)] IReadOnlyList<string>? Tags,
    [property: MaxItems(20)] IReadOnlyList<MediaInput>? Media,
    [property: MaxItems(3)] IReadOnlyList<ProductOptionInput>? Options,
    [property: MaxItems(100)] IReadOnlyList<ProductVariantInput> Variants,
    ProductStatus? Status
);

/// <summary>A picture. The shop keeps its address, not the picture.</summary>
/// <param name="Url">Where it is; at most 2,000 characters.</param>
/// <param name="Alt">What it shows, for those who cannot see it; at most 500 characters.</param>
/// <param name="Width">Pixels, 1 to 100,000.</param>
/// <param name="Height">Pixels, 1 to 100,000.</param>
internal sealed record MediaInput(
    Uri Url,
    [property: MaxText(500)] string? Alt,
    [property: Between(1, 100_000)] int? Width,
    [property: Between(1, 100_000)] int? Height
);

/// <summary>Something a shopper chooses.</summary>
/// <param name="Name">What is chosen, such as `Colour`; 1 to 200 characters, unique within the product.</param>
/// <param name="Values">What there is to choose from, in display order; 1 to 100, each 1 to 200 characters and only once.</param>
internal sealed record ProductOptionInput(
    [property: MaxText(ProductRules.MaxTitle)] string Name,
    [property: MaxItems(100)] IReadOnlyList<string> Values
);

/// <summary>A SKU as it shall be: one that is there, by `id` or `sku`, or a new one, by a `sku` that nothing has yet.</summary>
/// <param name="Id">Which variant of the product; null where `sku` tells it, or it is new.</param>
/// <param name="Sku">Its stock-keeping unit, which stays for ever; 1 to 64 characters.</param>
/// <param name="Title">What tells it from its siblings, at most 200 characters; made of its values where it is left out.</param>
/// <param name="SelectedOptions">One value for each option of the product; at most 3.</param>
/// <param name="Price">What one costs, in the currency of the shop; more than zero, at most 1,000,000,000.</param>
/// <param name="CompareAtPrice">What one cost before, where that is worth showing; more than the price.</param>
/// <param name="WeightGrams">
/// What one weighs with its packing, in grams; 0 to 10,000,000. Where it is left out it stays, and is 0 for a new one.
/// </param>
/// <param name="RequiresShipping">Whether it has to be shipped; where it is left out that stays, and is true for a new one.</param>
internal sealed record ProductVariantInput(
    VariantId? Id,
    [property: MaxText(ProductRules.MaxCode)] string? Sku,
    [property: MaxText(ProductRules.MaxTitle)] string? Title,
    [property: MaxItems(3)] IReadOnlyList<SelectedOptionInput>? SelectedOptions,
    decimal Price,
    decimal? CompareAtPrice,
    int? WeightGrams,
    bool? RequiresShipping
);

/// <summary>A product to be taken off sale.</summary>
/// <param name="Product">Which one.</param>
/// <param name="IfVersion">Refused unless it is at this version; null for whatever it is at.</param>
internal sealed record ProductArchiveInput(ProductBy Product, int? IfVersion);

/// <summary>A category as it shall be.</summary>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="Title">What it is called; 1 to 200 characters.</param>
/// <param name="Slug">Its place in a web address; where it is left out it stays, or is made of the title of a new one.</param>
/// <param name="Parent">The category above; a root where it is left out. It takes all that stands below it along.</param>
internal sealed record CategorySaveInput(
    CategoryId? Id,
    [property: MaxText(ProductRules.MaxTitle)] string Title,
    [property: MaxText(120)] string? Slug,
    CategoryBy? Parent
);
