using System.Globalization;
using StoredPrice = Shop.Data.Catalog.Prices.ListPrice;

namespace Shop.GraphQL.Catalog.Prices;

/// <summary>What a SKU costs by a price list, from so many units on.</summary>
/// <param name="MinUnits">It counts for so many units of the SKU in a cart, and more.</param>
/// <param name="Price">Of one unit.</param>
/// <param name="CompareAtPrice">What one cost before; null where that is not worth showing.</param>
/// <param name="StartsAt">The first moment at which it counts; null for as long as the list does.</param>
/// <param name="EndsAt">The first moment at which it counts no more; null for as long as the list does.</param>
[Staff(StaffRole.Pricing)]
internal sealed record ListPrice(
    int MinUnits,
    Money Price,
    Money? CompareAtPrice,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt
)
{
    internal required VariantId VariantId { get; init; }

    internal string Cursor =>
        Engine.Paging.Cursor.Of(
            VariantId.Value.ToString(CultureInfo.InvariantCulture),
            MinUnits.ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>Which SKU.</summary>
    public IDataLoaderResult<ProductVariant> Variant([FromServices] LoaderContext loaders) =>
        loaders.Get<NamedVariantById>().Require(VariantId);

    internal static ListPrice Of(StoredPrice row, string currency) =>
        new(
            row.MinUnits,
            new(row.AmountMinor, currency),
            row.CompareAtMinor is { } before ? new Money(before, currency) : null,
            row.StartsAt,
            row.EndsAt
        )
        {
            VariantId = row.VariantId,
        };
}

/// <summary>Where a page of prices begins.</summary>
internal static class ListPricePages
{
    public static IQueryable<StoredPrice> After(this IQueryable<StoredPrice> prices, string? cursor)
    {
        if (cursor is null)
        {
            return prices;
        }

        var parts = Cursor.Read(cursor, count: 2);
        var (variant, units) = (Cursor.Number(cursor, parts[0]), Cursor.Number(cursor, parts[1]));
        return prices.Where(price =>
            (long)(object)price.VariantId > variant
            || ((long)(object)price.VariantId == variant && price.MinUnits > units)
        );
    }
}
