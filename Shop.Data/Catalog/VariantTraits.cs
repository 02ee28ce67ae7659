namespace Shop.Data.Catalog;

/// <summary>What tells a SKU from others where goods are selected, such as by promotions.</summary>
/// <param name="Id">The SKU.</param>
/// <param name="Product">Whose SKU it is.</param>
/// <param name="Categories">The category it is in and all above it; empty where it is in none.</param>
/// <param name="Tags">In small letters.</param>
/// <param name="Brand">Who makes it; null where that is not known.</param>
/// <param name="TaxClass">How it is taxed: a class that tax zones name; null for the standard one.</param>
/// <param name="WeightGrams">What one weighs; zero where that is not known.</param>
/// <param name="RequiresShipping">It has to be shipped.</param>
public sealed record VariantTraits(
    VariantId Id,
    ProductId Product,
    IReadOnlyList<CategoryId> Categories,
    IReadOnlyList<string> Tags,
    string? Brand,
    string? TaxClass,
    int WeightGrams,
    bool RequiresShipping
);
