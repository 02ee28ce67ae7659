using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Shipping.Rates;

/// <summary>All that carriers are told, and so all that their prices depend on.</summary>
/// <param name="Currency">ISO 4217 code of the value, and of the prices that they tell.</param>
/// <param name="Place">Where to.</param>
/// <param name="Grams">What the goods weigh together.</param>
/// <param name="Units">How many there are.</param>
/// <param name="Value">What they cost together, before promotions that depend on a cart: those may depend on the price of shipping.</param>
public sealed record Parcel(string Currency, Destination Place, long Grams, int Units, Money Value)
{
    /// <summary>What of goods has to be shipped; null where nothing has, and as long as it is not known where to.</summary>
    /// <param name="lines">Goods at what they cost without promotions.</param>
    /// <param name="place">Where to; null as long as that is not known.</param>
    public static Parcel? Of(IReadOnlyList<QuoteLine> lines, Destination? place)
    {
        var goods = lines.Where(line => line.RequiresShipping).ToList();
        if (place is null || goods.Count == 0)
        {
            return null;
        }

        var currency = goods[0].UnitPrice.Currency;
        return new(
            currency,
            place,
            goods.Sum(line => line.Grams * line.Quantity),
            goods.Sum(line => line.Quantity),
            goods.Select(line => line.UnitPrice * line.Quantity).Sum(currency)
        );
    }
}
