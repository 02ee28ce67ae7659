using Shop.Data.Catalog.Prices;

namespace Shop.Data.Catalog;

/// <summary>One thing that can be put into a cart: a SKU.</summary>
public sealed class ProductVariant
{
    /// <summary>Sorts by time of birth.</summary>
    public required VariantId Id { get; init; }

    /// <summary>The product it is a variant of.</summary>
    public required ProductId ProductId { get; init; }

    /// <summary>Stock-keeping unit: the seller's code of exactly this thing. Unique.</summary>
    public required string Sku { get; init; }

    /// <summary>What tells it from its siblings: <c>Blue / Large</c>; the product's title where it has none.</summary>
    public required string Title { get; init; }

    /// <summary>One value for each of the product's options.</summary>
    public required IReadOnlyList<SelectedOption> SelectedOptions { get; init; }

    /// <summary>What one costs, in minor units of <see cref="Currency"/>; more than zero.</summary>
    public required long PriceMinor { get; init; }

    /// <summary>What one cost before, in minor units, where that is worth showing; more than the price.</summary>
    public long? CompareAtMinor { get; init; }

    /// <summary>ISO 4217 code of both prices.</summary>
    public required string Currency { get; init; }

    /// <summary>What one weighs with its packing, in grams; zero where that is not known.</summary>
    public int WeightGrams { get; init; }

    /// <summary>It has to be shipped; else it is handed over in another way, such as by a link.</summary>
    public bool RequiresShipping { get; init; } = true;

    /// <summary>Display order within the product, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Rises by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it came into the catalogue.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>
    /// When it was taken out of the range; null while it is sold. It keeps its SKU, for the orders that name it.
    /// </summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>What it costs by price lists; empty where they were not read with it.</summary>
    public IReadOnlyList<ListPrice> Prices { get; private init; } = new List<ListPrice>();

    /// <summary>What one costs.</summary>
    public Money Price => new(PriceMinor, Currency);

    /// <summary>What one cost before.</summary>
    public Money? CompareAtPrice => CompareAtMinor is { } minor ? new Money(minor, Currency) : null;
}
