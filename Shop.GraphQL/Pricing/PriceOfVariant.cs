using Shop.Data.Pricing;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Pricing;

/// <summary>Pricing's fields on SKUs. They read the same for all who are in no group of customers; nobody else is told what is kept.</summary>
internal sealed class PriceOfVariant(PricesNow now)
{
    /// <summary>
    /// What one costs whoever asks, in the currency that the request names: by the price lists for their groups and that currency, else
    /// what the SKU costs by itself, converted; lowered by promotions. Carts tell what one of several costs. Filters, orders and the
    /// search go by what SKUs cost by themselves, in the shop's currency.
    /// </summary>
    [Public(RunningPromotions.Channel)]
    public IDataLoaderResult<Money> Price([FromSource] ProductVariant variant) =>
        now.Shown(variant).Select(shown => shown.Price);

    /// <summary>What one costs without the promotion that lowers its price, or cost before, where that is worth showing; more than the price.</summary>
    [Public(RunningPromotions.Channel)]
    public IDataLoaderResult<Money?> CompareAtPrice([FromSource] ProductVariant variant) =>
        now.Shown(variant).Select(shown => shown.CompareAt);
}
