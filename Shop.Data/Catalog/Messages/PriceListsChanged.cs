using Shop.Data.Catalog.Prices;
using Shop.Data.Messages;

namespace Shop.Data.Catalog.Messages;

/// <summary>A price list, or prices of it, are not as they were.</summary>
/// <param name="List">Which.</param>
public sealed record PriceListsChanged(PriceListId List) : IFact
{
    /// <inheritdoc />
    public static string Topic => "catalog.price_lists_changed";

    /// <summary>The list.</summary>
    public long Key => List.Value;
}
