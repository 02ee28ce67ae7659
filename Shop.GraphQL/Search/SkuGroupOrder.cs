using System.Globalization;
using Shop.GraphQL.Engine.Filters;
using Counted = Shop.Data.Search.Columns.SkuGroup;

namespace Shop.GraphQL.Search;

/// <summary>The order of groups; equal ones come by their keys.</summary>
internal sealed record SkuGroupOrder : IComparer<SkuGroupPlace>
{
    /// <summary>By what.</summary>
    public required SkuGroupOrderField Field { get; init; }

    /// <summary>Which way; where it is left out, most SKUs and units first, cheapest and A first.</summary>
    public SortDirection? Direction { get; init; }

    /// <summary>The place of a group in this order.</summary>
    internal SkuGroupPlace PlaceOf(Counted group)
    {
        var (rank, natural) = Field switch
        {
            SkuGroupOrderField.Count => (group.Sums.Skus, SortDirection.Desc),
            SkuGroupOrderField.Available => (group.Sums.Available, SortDirection.Desc),
            SkuGroupOrderField.MinPrice => (group.Sums.MinPrice, SortDirection.Asc),
            // Ranges of prices are no texts.
            SkuGroupOrderField.Key => (group.Band?.From ?? 0, SortDirection.Asc),
            _ => throw new InvalidOperationException($"There is no order {Field}."),
        };
        return new((Direction ?? natural) == SortDirection.Asc ? rank : -rank, SkuGroup.KeyOf(group));
    }

    /// <inheritdoc />
    public int Compare(SkuGroupPlace x, SkuGroupPlace y)
    {
        var byKey = string.CompareOrdinal(x.Key, y.Key);
        var isBackward = Field == SkuGroupOrderField.Key && Direction == SortDirection.Desc;
        return x.Rank != y.Rank ? x.Rank.CompareTo(y.Rank)
            : isBackward ? -byKey
            : byKey;
    }
}

/// <summary>What groups can be sorted by.</summary>
internal enum SkuGroupOrderField
{
    /// <summary>How many SKUs they have.</summary>
    Count,

    /// <summary>Their keys, letter by letter; ranges of prices from the lowest.</summary>
    Key,

    /// <summary>Their lowest price.</summary>
    MinPrice,

    /// <summary>How many units they have to sell.</summary>
    Available,
}

/// <summary>The place of a group in an order.</summary>
/// <param name="Rank">What the order goes by; the less, the earlier.</param>
/// <param name="Key">The group's key.</param>
internal readonly record struct SkuGroupPlace(long Rank, string Key)
{
    /// <summary>As a cursor.</summary>
    public override string ToString() => Cursor.Of(Rank.ToString(CultureInfo.InvariantCulture), Key);

    /// <summary>Reads a cursor; null where there is none.</summary>
    /// <exception cref="ExecutionError">It is no cursor of such a list.</exception>
    public static SkuGroupPlace? Read(string? cursor) =>
        cursor is null ? null
        : Cursor.Read(cursor, count: 2) is [var rank, var key]
        && long.TryParse(rank, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new(number, key)
        : throw Cursor.Invalid(cursor);
}
