using Shop.Data.Catalog;
using Shop.Data.Catalog.Edit;

namespace Shop.GraphQL.Catalog;

/// <summary>From what staff sends to what is saved, and from what is held against it to what they see.</summary>
internal static class ProductRequests
{
    /// <summary>The request of an input in which <see cref="ProductFaults"/> found nothing.</summary>
    public static SaveProductRequest Of(
        ProductSaveInput input,
        CategoryId? category,
        string currency,
        CustomerId actor
    ) =>
        new(
            input.IdempotencyKey,
            input.Id,
            input.IfVersion,
            input.Code?.Trim(),
            input.Title.Trim(),
            input.Slug,
            input.Description ?? "",
            input.Brand?.Trim(),
            category,
            ProductRules.Tags(input.Tags ?? []),
            [
                .. (input.Media ?? []).Select(each => new ProductMedia(
                    each.Url.AbsoluteUri,
                    each.Alt ?? "",
                    each.Width,
                    each.Height
                )),
            ],
            [.. (input.Options ?? []).Select(option => new ProductOption(option.Name, option.Values))],
            [.. input.Variants.Select(variant => Variant(input, variant, currency))],
            input.Status,
            actor
        )
        {
            TaxClass = input.TaxClass,
        };

    /// <summary>What the catalogue holds against it, at its place in the input.</summary>
    public static Problem Problem(ProductFault fault) =>
        fault.Kind switch
        {
            ProductFaultKind.CodeTaken => new InvalidInput("Another product has this code.", ["code"]),
            ProductFaultKind.SlugTaken => new InvalidInput("Another product has this slug.", ["slug"]),
            ProductFaultKind.NoDraftAgain => new InvalidInput(
                "It was on sale, and is no draft again: archive it.",
                ["status"]
            ),
            ProductFaultKind.SkuTaken => OfVariant(fault, "Another product has this SKU.", "sku"),
            ProductFaultKind.SkuTwice => OfVariant(fault, "A variant before has this SKU.", "sku"),
            ProductFaultKind.SkuStays => OfVariant(
                fault,
                "The variant of this id has another SKU, and it stays.",
                "sku"
            ),
            ProductFaultKind.NamedTwice => OfVariant(fault, "It was named before, in this list."),
            ProductFaultKind.NoSuchVariant => new NotFound(
                "The product has no such variant.",
                ["variants", $"{fault.Variant}", "id"],
                null
            ),
            _ => throw new InvalidOperationException($"{fault.Kind} is no fault."),
        };

    private static InvalidInput OfVariant(ProductFault fault, string message, params string[] below) =>
        new(message, ["variants", $"{fault.Variant}", .. below]);

    private static VariantToSave Variant(ProductSaveInput input, ProductVariantInput variant, string currency)
    {
        var chosen = ProductFaults.Chosen(variant, input.Options ?? [])!;
        var title =
            variant.Title?.Trim()
            ?? (
                chosen.Count == 0 ? input.Title.Trim() : string.Join(" / ", chosen.Select(each => each.Value))
            );
        return new(
            variant.Id,
            variant.Sku,
            // Made of values, it may be longer than a column holds.
            title.Length > ProductRules.MaxTitle
                ? title[..ProductRules.MaxTitle]
                : title,
            chosen,
            Money.Of(variant.Price, currency),
            variant.CompareAtPrice is { } before ? Money.Of(before, currency).Minor : null
        )
        {
            WeightGrams = variant.WeightGrams,
            RequiresShipping = variant.RequiresShipping,
        };
    }
}
