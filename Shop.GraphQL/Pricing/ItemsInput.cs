using Shop.Data.Pricing.Promotions;

namespace Shop.GraphQL.Pricing;

/// <summary>Which goods.</summary>
/// <param name="Any">Goods that are one of these; all goods where it is left out. At most 20.</param>
/// <param name="Except">But none of these; at most 20.</param>
/// <param name="NotReduced">Only goods that no earlier promotion has reduced.</param>
internal sealed record ItemsInput(
    [property: MaxItems(20), ListSize(3)] IReadOnlyList<ItemsOfInput>? Any,
    [property: MaxItems(20), ListSize(3)] IReadOnlyList<ItemsOfInput>? Except,
    bool? NotReduced
)
{
    /// <summary>The goods; all of them where nothing is said.</summary>
    internal static Items Items(ItemsInput? input) =>
        input is null
            ? Shop.Data.Pricing.Promotions.Items.All
            : new()
            {
                Any = [.. (input.Any ?? []).Select(kind => kind.ToItems())],
                Except = [.. (input.Except ?? []).Select(kind => kind.ToItems())],
                NotReduced = input.NotReduced ?? false,
            };

    internal static ItemsInput Of(Items items) =>
        new(
            [.. items.Any.Select(ItemsOfInput.Of)],
            [.. items.Except.Select(ItemsOfInput.Of)],
            items.NotReduced
        );
}

/// <summary>Goods that have one thing in common; exactly one of them.</summary>
[OneOf]
internal sealed record ItemsOfInput
{
    /// <summary>All SKUs of these products; at most 500.</summary>
    [MaxItems(500), ListSize(10)]
    public IReadOnlyList<ProductId>? Products { get; init; }

    /// <summary>These SKUs; at most 500.</summary>
    [MaxItems(500), ListSize(10)]
    public IReadOnlyList<VariantId>? Variants { get; init; }

    /// <summary>What is in these categories or below them; at most 500.</summary>
    [MaxItems(500), ListSize(10)]
    public IReadOnlyList<CategoryId>? Categories { get; init; }

    /// <summary>What bears one of these tags, in any case; at most 500.</summary>
    [MaxItems(500), ListSize(10)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>What one of these makes, letter by letter; at most 500.</summary>
    [MaxItems(500), ListSize(10)]
    public IReadOnlyList<string>? Brands { get; init; }

    internal ItemsOf ToItems() =>
        this switch
        {
            { Products: { } ids } => new ItemsOf.Products([.. ids]),
            { Variants: { } ids } => new ItemsOf.Variants([.. ids]),
            { Categories: { } ids } => new ItemsOf.Categories([.. ids]),
            { Tags: { } names } => new ItemsOf.Tags([.. names.Select(name => name.ToLowerInvariant())]),
            { Brands: { } names } => new ItemsOf.Brands([.. names]),
            _ => throw new InvalidOperationException("A kind of goods names one of its fields."),
        };

    internal static ItemsOfInput Of(ItemsOf items) =>
        items switch
        {
            ItemsOf.Products of => new() { Products = [.. of.Ids] },
            ItemsOf.Variants of => new() { Variants = [.. of.Ids] },
            ItemsOf.Categories of => new() { Categories = [.. of.Ids] },
            ItemsOf.Tags of => new() { Tags = [.. of.Names] },
            ItemsOf.Brands of => new() { Brands = [.. of.Names] },
            _ => throw new InvalidOperationException($"{items} is no kind of goods."),
        };
}
