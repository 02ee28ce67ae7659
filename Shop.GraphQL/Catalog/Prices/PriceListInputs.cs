using Shop.Data.Catalog.Prices;
using Shop.GraphQL.Engine.Scalars;
using StoredList = Shop.Data.Catalog.Prices.PriceList;

namespace Shop.GraphQL.Catalog.Prices;

/// <summary>A price list as it shall be, but for its prices. It is the whole truth: what is left out is as if it had never been said.</summary>
/// <param name="Title">What staff calls it; 1 to 200 characters.</param>
/// <param name="CustomerGroup">The group of customers that it is for; everybody where it is left out. Case and blanks around it do not matter; 1 to 40 characters.</param>
/// <param name="CurrencyCode">What all its prices are in; it stays.</param>
/// <param name="Priority">The smaller number comes first; 100 where it is left out.</param>
/// <param name="Pick">How its prices stand against those that come after them; `PRIORITY` where it is left out.</param>
/// <param name="StartsAt">The first moment at which it counts; always where it is left out.</param>
/// <param name="EndsAt">The first moment at which it counts no more; never where it is left out.</param>
internal sealed record PriceListInput(
    [property: MaxText(200)] string Title,
    [property: MaxText(Data.Kernel.CustomerGroup.MaxLength)] string? CustomerGroup,
    [property: CurrencyCode] string CurrencyCode,
    int? Priority,
    PriceListPick? Pick,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt
)
{
    internal StoredList ToList() =>
        new()
        {
            Id = default,
            Title = Title.Trim(),
            Group = CustomerGroup is null ? null : Data.Kernel.CustomerGroup.NormalForm(CustomerGroup),
            Currency = CurrencyCode,
            Priority = Priority ?? 100,
            Pick = Pick ?? PriceListPick.Priority,
            StartsAt = StartsAt,
            EndsAt = EndsAt,
        };
}

/// <summary>A price list to be made or changed.</summary>
/// <param name="IdempotencyKey">The same key saves once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Id">Which list; null for a new one.</param>
/// <param name="IfVersion">Refused unless the list is at this version; null for whatever it is at, and for a new one.</param>
/// <param name="PriceList">The list as it shall be.</param>
internal sealed record PriceListSaveInput(
    Guid IdempotencyKey,
    PriceListId? Id,
    int? IfVersion,
    PriceListInput PriceList
);

/// <summary>Prices of a list to be set; what is not named stays.</summary>
/// <param name="IdempotencyKey">The same key sets them once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="PriceListId">Whose prices.</param>
/// <param name="IfVersion">Refused unless the list is at this version; null for whatever it is at.</param>
/// <param name="Prices">Which; each SKU once for so many units. 1 to 1,000.</param>
internal sealed record PriceListPricesSetInput(
    Guid IdempotencyKey,
    PriceListId PriceListId,
    int? IfVersion,
    [property: MaxItems(SetListPrices.MaxPrices)] IReadOnlyList<ListPriceInput> Prices
);

/// <summary>What a SKU shall cost by a list.</summary>
/// <param name="Variant">Which SKU.</param>
/// <param name="MinUnits">It counts for so many units of the SKU in a cart, and more: 1 to 10,000; 1 where it is left out.</param>
/// <param name="Price">Of one unit, in the list's currency: more than zero. Null takes the price out.</param>
/// <param name="CompareAtPrice">What one cost before, where that is worth showing; more than the price.</param>
/// <param name="StartsAt">The first moment at which it counts; as long as the list does where it is left out.</param>
/// <param name="EndsAt">The first moment at which it counts no more; as long as the list does where it is left out.</param>
internal sealed record ListPriceInput(
    ProductVariantBy Variant,
    int? MinUnits,
    decimal? Price,
    decimal? CompareAtPrice,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt
)
{
    internal PriceToSet ToSet(VariantId variant) =>
        new(variant, MinUnits ?? 1, Price, CompareAtPrice, StartsAt, EndsAt);
}
