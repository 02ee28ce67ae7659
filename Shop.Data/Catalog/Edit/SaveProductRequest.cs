namespace Shop.Data.Catalog.Edit;

/// <summary>
/// A product as staff wants it to be. It is the whole truth: what is null or empty here is so afterwards, and variants that
/// are not named are taken out of the range. Slug, code, tax class and status stay where they are null.
/// </summary>
/// <param name="IdempotencyKey">Chosen by the client; a repeated call changes nothing.</param>
/// <param name="Id">Which product; null for a new one.</param>
/// <param name="IfVersion">Refused unless the product is at this version; null skips the check.</param>
/// <param name="Code">The seller's article code; its id for a new product where that is null.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Slug">Its place in a web address; made of the title for a new product where that is null.</param>
/// <param name="Description">Plain text; may be empty.</param>
/// <param name="Brand">Who makes it.</param>
/// <param name="Category">The narrowest category it belongs to; it exists.</param>
/// <param name="Tags">Small letters, sorted, each once.</param>
/// <param name="Media">Pictures, in display order.</param>
/// <param name="Options">What there is to choose.</param>
/// <param name="Variants">One or more, in display order; one value of each option in each of them, no two alike.</param>
/// <param name="Status">Whether shoppers see it; a new product is a draft where that is null.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SaveProductRequest(
    Guid IdempotencyKey,
    ProductId? Id,
    int? IfVersion,
    string? Code,
    string Title,
    string? Slug,
    string Description,
    string? Brand,
    CategoryId? Category,
    IReadOnlyList<string> Tags,
    IReadOnlyList<ProductMedia> Media,
    IReadOnlyList<ProductOption> Options,
    IReadOnlyList<VariantToSave> Variants,
    ProductStatus? Status,
    CustomerId Actor
)
{
    /// <summary>How it is taxed; as before where that is null, and the standard class for a new one.</summary>
    public string? TaxClass { get; init; }
}

/// <summary>A variant as staff wants it to be.</summary>
/// <param name="Id">Which variant of the product; null where the SKU tells it, or it is new.</param>
/// <param name="Sku">Its SKU, which stays for ever; null where the id tells which it is.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="SelectedOptions">One value for each option of the product, in the order of its options.</param>
/// <param name="Price">What one costs; more than zero.</param>
/// <param name="CompareAtMinor">What one cost before, in minor units of the same currency; more than the price.</param>
public sealed record VariantToSave(
    VariantId? Id,
    string? Sku,
    string Title,
    IReadOnlyList<SelectedOption> SelectedOptions,
    Money Price,
    long? CompareAtMinor
)
{
    /// <summary>What one weighs, in grams; null for what it weighed before, and zero for a new one.</summary>
    public int? WeightGrams { get; init; }

    /// <summary>It has to be shipped; null for as before, and true for a new one.</summary>
    public bool? RequiresShipping { get; init; }
}
