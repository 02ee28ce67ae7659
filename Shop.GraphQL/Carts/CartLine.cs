using Shop.Data.Carts;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Taxes;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Inventory;
using Shop.GraphQL.Pricing;
using StoredLine = Shop.Data.Carts.CartLine;

namespace Shop.GraphQL.Carts;

/// <summary>So many units of one SKU in a cart. No two lines of a cart have the same SKU.</summary>
/// <param name="Id">Opaque; means this line of this cart, as long as it is there.</param>
/// <param name="Sku">The SKU, also when it is not sold any more.</param>
/// <param name="Quantity">Units; 1 to 10,000.</param>
/// <param name="Selected">Ticked: it will be ordered.</param>
internal sealed record CartLine(CartLineId Id, string Sku, int Quantity, bool Selected)
{
    /// <summary>What one unit cost when the shopper last put in or changed the line.</summary>
    internal Money SeenPrice { get; init; }

    /// <summary>The cart that it is quoted with.</summary>
    internal required CartGoods Goods { get; init; }

    /// <summary>From what is stored to what clients see.</summary>
    internal static CartLine Of(StoredLine line, CartGoods goods) =>
        new(line.Id, line.Sku, line.Quantity, line.IsSelected) { SeenPrice = line.SeenPrice, Goods = goods };

    /// <summary>What it is; null when it is not sold any more.</summary>
    public IDataLoaderResult<ProductVariant?> Variant([FromServices] LoaderContext loaders) =>
        loaders
            .Get<VariantById>()
            .Load(Id.Variant)
            .Select(variant => variant is { IsOnSale: true } ? variant : null);

    /// <summary>What one unit costs now; what it cost last, when it is not sold any more.</summary>
    public IDataLoaderResult<Money> UnitPrice([FromServices] LoaderContext loaders) =>
        loaders
            .Get<PriceOfLine>()
            .Load(this)
            .Select(found => found is { Price: var price } ? InCurrency(price) : SeenPrice);

    /// <summary>The same before promotions that lower the prices of product pages.</summary>
    internal IDataLoaderResult<Money> ListedPrice(
        LoaderContext loaders,
        PricesNow now,
        Conversion? conversion
    ) =>
        Variant(loaders)
            .Select(variant =>
                variant is null
                    ? SeenPrice
                    : InCurrency(now.Listed(variant, Quantity, SeenPrice.Currency, conversion))
            );

    /// <summary>Unit price times quantity.</summary>
    public IDataLoaderResult<Money> Total([FromServices] LoaderContext loaders) =>
        UnitPrice(loaders).Select(price => price * Quantity);

    /// <summary>Which promotions take off how much from it, in order; none where it is not selected. At most 50.</summary>
    [Cost(5), ListSize(3)]
    public IDataLoaderResult<IReadOnlyList<DiscountAllocation>> Discounts(
        [FromServices] LoaderContext loaders
    ) =>
        loaders
            .Get<QuoteOfCart>()
            .Require(Goods)
            .Select(quote =>
                (IReadOnlyList<DiscountAllocation>)
                    [
                        .. quote
                            .Lines.Where(line => line.Line.Variant == Id.Variant)
                            .SelectMany(line => line.Discounts)
                            .Select(DiscountAllocation.Of),
                    ]
            );

    /// <summary>What is left to be paid for it after everything, without tax and with it; null where it is not selected.</summary>
    [Cost(5)]
    public IDataLoaderResult<TaxedMoney?> Due([FromServices] LoaderContext loaders) =>
        loaders
            .Get<QuoteOfCart>()
            .Require(Goods)
            .Select(quote => quote.Lines.FirstOrDefault(line => line.Line.Variant == Id.Variant)?.Due);

    /// <summary>
    /// What stands in the way of ordering it: `InsufficientStock`, `PriceChanged` since the shopper last put in or changed
    /// the line, or `NotFound` when it is not sold any more. Empty is well.
    /// </summary>
    [ListSize(3)]
    public IDataLoaderResult<IReadOnlyList<Problem>> Problems([FromServices] LoaderContext loaders) =>
        loaders
            .Get<PriceOfLine>()
            .Load(this)
            .And(loaders.Get<AvailabilityByVariant>().Of(Id.Variant))
            .Select(found => (IReadOnlyList<Problem>)[.. Problems(found.First?.Price, found.Second)]);

    // A cart is in one currency; a price in another one is no price for it.
    private Money InCurrency(Money price) => price.Currency == SeenPrice.Currency ? price : SeenPrice;

    private IEnumerable<Problem> Problems(Money? price, Availability availability)
    {
        if (price is not { } now)
        {
            yield return new NotFound($"{Sku} is not sold any more.", null, GlobalId.Of(Id.Variant));
            yield break;
        }

        if (now != SeenPrice)
        {
            yield return new PriceChanged(Id.Variant, SeenPrice, now);
        }

        if (availability.Available < Quantity)
        {
            yield return new InsufficientStock(Id.Variant, Quantity, availability.Available);
        }
    }
}
