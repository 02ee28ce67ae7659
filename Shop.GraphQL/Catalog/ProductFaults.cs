using Shop.Data.Catalog;

namespace Shop.GraphQL.Catalog;

/// <summary>What of a product no shop can have, before the catalogue is asked.</summary>
internal static class ProductFaults
{
    private const int MaxUrl = 2000;

    /// <summary>Each with its place in the input; empty where all is well.</summary>
    public static IEnumerable<InvalidInput> Of(ProductSaveInput input, string currency) =>
        [
            .. TextFaults.Line(input.Title, ["title"]),
            .. TextFaults.Slug(input.Slug, ["slug"]),
            .. input.Code is null ? [] : TextFaults.Line(input.Code, ["code"]),
            .. input.Brand is null ? [] : TextFaults.Line(input.Brand, ["brand"]),
            .. input.TaxClass is { } taxClass && !PlainText.IsWord(taxClass)
                ? [new InvalidInput("It has 1 to 50 small letters, digits and hyphens.", ["taxClass"])]
                : Array.Empty<InvalidInput>(),
            .. input.Status == ProductStatus.Archived
                ? [new InvalidInput("Take it off sale by `productArchive`.", ["status"])]
                : Array.Empty<InvalidInput>(),
            .. (input.Tags ?? []).SelectMany((tag, index) => Tag(tag, ["tags", $"{index}"])),
            .. (input.Media ?? []).SelectMany((each, index) => Picture(each, ["media", $"{index}", "url"])),
            .. Options(input.Options ?? []),
            .. Variants(input, currency),
        ];

    private static IEnumerable<InvalidInput> Tag(string tag, string[] field) =>
        tag.Length > ProductRules.MaxTag
            ? [new InvalidInput($"A tag has at most {ProductRules.MaxTag} characters.", field)]
            : TextFaults.Line(tag, field);

    private static IEnumerable<InvalidInput> Picture(MediaInput picture, string[] field) =>
        picture.Url.AbsoluteUri.Length > MaxUrl
            ? [new InvalidInput($"An address has at most {MaxUrl} characters.", field)]
            : [];

    private static IEnumerable<InvalidInput> Options(IReadOnlyList<ProductOptionInput> options)
    {
        foreach (var (index, option) in options.Index())
        {
            string[] place = ["options", $"{index}"];
            var texts = TextFaults
                .Line(option.Name, [.. place, "name"])
                .Concat(
                    option.Values.SelectMany(
                        (value, at) => TextFaults.Line(value, [.. place, "values", $"{at}"])
                    )
                );
            foreach (var fault in texts)
            {
                yield return fault;
            }

            if (options.Take(index).Any(other => other.Name == option.Name))
            {
                yield return new("An option before has this name.", [.. place, "name"]);
            }

            if (option.Values.Count == 0 || option.Values.Distinct().Count() < option.Values.Count)
            {
                yield return new("There has to be a value, and each only once.", [.. place, "values"]);
            }
        }
    }

    private static IEnumerable<InvalidInput> Variants(ProductSaveInput input, string currency)
    {
        if (input.Variants.Count == 0)
        {
            yield return new("There has to be a variant.", ["variants"]);
        }

        var choices = new HashSet<string>();
        foreach (var (index, variant) in input.Variants.Index())
        {
            string[] place = ["variants", $"{index}"];
            foreach (var fault in Variant(variant, currency, place))
            {
                yield return fault;
            }

            if (Chosen(variant, input.Options ?? []) is not { } chosen)
            {
                yield return new(
                    "It needs one of the values of each option of the product, and no other.",
                    [.. place, "selectedOptions"]
                );
            }
            else if (!choices.Add(string.Join('\u001f', chosen.Select(each => each.Value))))
            {
                yield return new("A variant before has the same choice.", [.. place, "selectedOptions"]);
            }
        }
    }

    /// <summary>A variant's values in the order of the options; null where they are not one of each.</summary>
    public static IReadOnlyList<SelectedOption>? Chosen(
        ProductVariantInput variant,
        IReadOnlyList<ProductOptionInput> options
    )
    {
        var selected = variant.SelectedOptions ?? [];
        var chosen = options
            .Select(option => selected.FirstOrDefault(each => each.Name == option.Name))
            .OfType<SelectedOptionInput>()
            .Select(each => new SelectedOption(each.Name, each.Value))
            .ToList();
        return
            selected.Count == options.Count
            && chosen.Count == options.Count
            && chosen.Zip(options).All(pair => pair.Second.Values.Contains(pair.First.Value))
            ? chosen
            : null;
    }

    private static IEnumerable<InvalidInput> Variant(
        ProductVariantInput variant,
        string currency,
        string[] place
    )
    {
        if (variant is { Id: null, Sku: null })
        {
            yield return new("Name a variant by its `id`, or give it a `sku`.", place);
        }

        if (variant.Sku is { } sku && !PlainText.IsCode(sku))
        {
            yield return new("A SKU has letters, no spaces and no hidden characters.", [.. place, "sku"]);
        }

        if (variant.Title is { } title)
        {
            foreach (var fault in TextFaults.Line(title, [.. place, "title"]))
            {
                yield return fault;
            }
        }

        if (!ProductRules.IsPrice(variant.Price, currency))
        {
            yield return new(
                $"It has to be more than zero, at most {ProductRules.MaxPrice}, and no finer than {currency} is.",
                [.. place, "price"]
            );
        }

        if (
            variant.CompareAtPrice is { } before
            && (before <= variant.Price || !ProductRules.IsPrice(before, currency))
        )
        {
            yield return new(
                $"It has to be more than the price, at most {ProductRules.MaxPrice}, and no finer than {currency} is.",
                [.. place, "compareAtPrice"]
            );
        }

        if (variant.WeightGrams is < 0 or > ProductRules.MaxGrams)
        {
            yield return new($"It has to be 0 to {ProductRules.MaxGrams}.", [.. place, "weightGrams"]);
        }
    }
}
