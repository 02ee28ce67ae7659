namespace Shop.Data.Catalog.Prices;

/// <summary>Names a price list.</summary>
public readonly record struct PriceListId(long Value) : IRowId<PriceListId>
{
    /// <inheritdoc />
    public static PriceListId From(long value) => new(value);
}

/// <summary>How a price of a list stands against those of lists after it, and against the SKU's own.</summary>
public enum PriceListPick
{
    /// <summary>It stands, also where it is higher.</summary>
    Priority,

    /// <summary>It stands where it is lower than what would be charged without it.</summary>
    Lowest,
}

/// <summary>Prices for some customers or for all, in one currency and for a time, in place of what SKUs cost by themselves.</summary>
public sealed record PriceList
{
    /// <summary>The most lists that count or are to count: what a SKU costs is read with all of its prices.</summary>
    public const int MaxRunning = 100;

    /// <summary>A Snowflake.</summary>
    public required PriceListId Id { get; init; }

    /// <summary>What staff calls it, up to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The group of customers that it is for; null for everybody.</summary>
    public string? Group { get; init; }

    /// <summary>ISO 4217 code of all its prices; it stays.</summary>
    public required string Currency { get; init; }

    /// <summary>The smaller number comes first.</summary>
    public int Priority { get; init; }

    /// <summary>How its prices stand against those after them.</summary>
    public PriceListPick Pick { get; init; }

    /// <summary>The first moment at which it counts; null for always.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The first moment at which it counts no more; null for never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Rises by one with each change of it or of its prices.</summary>
    public int Version { get; init; }
}

/// <summary>What a SKU costs by a list, from so many units on.</summary>
public sealed class ListPrice
{
    /// <summary>The most units from which on a price can count: a cart holds no more of a SKU.</summary>
    public const int MaxUnits = 10_000;

    /// <summary>The SKU.</summary>
    public required VariantId VariantId { get; init; }

    /// <summary>The list.</summary>
    public required PriceListId ListId { get; init; }

    /// <summary>It counts for so many units and more; 1 or more.</summary>
    public required int MinUnits { get; init; }

    /// <summary>Of one unit, in minor units of the list's currency; more than zero.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>What one cost before, where that is worth showing; more than the price.</summary>
    public long? CompareAtMinor { get; init; }

    /// <summary>The first moment at which it counts; null for as long as the list does.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The first moment at which it counts no more; null for as long as the list does.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The list, where it was read with it.</summary>
    public PriceList? List { get; private init; }
}
