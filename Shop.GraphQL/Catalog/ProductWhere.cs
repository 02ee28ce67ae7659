using Shop.Data.Catalog;
using Shop.GraphQL.Engine.Filters;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Catalog;

/// <summary>
/// Which products. All that is given has to hold; what is left out does not matter. Nested at most 4 levels deep, and at
/// most 50 conditions in all.
/// </summary>
[Filter]
internal sealed record ProductWhere
{
    /// <summary>All of these hold; at most 20.</summary>
    [MaxItems(20)]
    public IReadOnlyList<ProductWhere>? And { get; init; }

    /// <summary>One of these holds, or several; at most 20. Of an empty list none does.</summary>
    [MaxItems(20)]
    public IReadOnlyList<ProductWhere>? Or { get; init; }

    /// <summary>This does not hold.</summary>
    public ProductWhere? Not { get; init; }

    /// <summary>Its id.</summary>
    public ProductIdFilter? Id { get; init; }

    /// <summary>Its place in a web address.</summary>
    public TextFilter? Slug { get; init; }

    /// <summary>Its category, or any above that.</summary>
    public CategoryIdFilter? Category { get; init; }

    /// <summary>Who makes it.</summary>
    public TextFilter? Brand { get; init; }

    /// <summary>A tag it has.</summary>
    public TextFilter? Tag { get; init; }

    /// <summary>Whether shoppers see it; they find none but active ones, whatever they ask for.</summary>
    public ProductStatusFilter? Status { get; init; }

    /// <summary>The price of one of its variants: what it costs by itself, whatever price lists and promotions say.</summary>
    public PriceFilter? Price { get; init; }

    /// <summary>When it came into the catalogue.</summary>
    public DateTimeFilter? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeFilter? UpdatedAt { get; init; }
}

/// <summary>Products by their ids.</summary>
[Filter]
internal sealed record ProductIdFilter
{
    /// <summary>This one.</summary>
    public ProductId? Eq { get; init; }

    /// <summary>One of these; at most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<ProductId>? In { get; init; }
}

/// <summary>Categories by their ids; what stands below one of them counts as in it.</summary>
[Filter]
internal sealed record CategoryIdFilter
{
    /// <summary>This one.</summary>
    public CategoryId? Eq { get; init; }

    /// <summary>One of these; at most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<CategoryId>? In { get; init; }
}

/// <summary>Products by their status.</summary>
[Filter]
internal sealed record ProductStatusFilter
{
    /// <summary>This one.</summary>
    public ProductStatus? Eq { get; init; }

    /// <summary>One of these; at most 3.</summary>
    [MaxItems(3)]
    public IReadOnlyList<ProductStatus>? In { get; init; }
}

/// <summary>A range of what SKUs cost by themselves, in the shop's currency whichever the request names; in another one there is nothing.</summary>
[Filter]
internal sealed record PriceFilter
{
    /// <summary>The currency of both ends.</summary>
    [CurrencyCode]
    public required string CurrencyCode { get; init; }

    /// <summary>This or more.</summary>
    public decimal? Gte { get; init; }

    /// <summary>This or less.</summary>
    public decimal? Lte { get; init; }

    /// <summary>Both ends in minor units. Between two of them there is no price: rounded towards the inside.</summary>
    internal (long From, long To) MinorRange() =>
        (Minor(Gte ?? 0, decimal.Ceiling), Lte is { } most ? Minor(most, decimal.Floor) : long.MaxValue);

    private long Minor(decimal amount, Func<decimal, decimal> round)
    {
        var unit = Currencies.MinorUnit(CurrencyCode);
        // Before it is divided: a decimal can be more than it can say in minor units.
        var most = long.MaxValue * unit;
        return (long)round(Math.Clamp(amount, -most, most) / unit);
    }
}
