using Shop.Data.Checkout;
using Shop.GraphQL.Pricing;
using StoredCart = Shop.Data.Carts.Cart;

namespace Shop.GraphQL.Carts;

/// <summary>
/// What a shopper is about to order. Its id is a secret: a client that has it may read and change the cart. Forgotten after 30
/// days without use.
/// </summary>
/// <param name="Id">Opaque, global and secret; do not log it or put it into a link.</param>
/// <param name="Version">Rises by one with every change; drop what is older than what you have.</param>
/// <param name="Lines">In the order in which they were put in; at most 200.</param>
/// <param name="Codes">What the shopper has typed for promotions, in that order: capitals and digits. At most 10.</param>
/// <param name="Destination">Where it goes, as `cartDestinationSet` has said; null as long as it has not.</param>
/// <param name="Quantity">Units in all lines, selected or not.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="ExpiresAt">When it will be forgotten, unless it is used before.</param>
internal sealed record Cart(
    CartId Id,
    int Version,
    [property: ListSize(20)] IReadOnlyList<CartLine> Lines,
    [property: ListSize(2)] IReadOnlyList<string> Codes,
    Destination? Destination,
    int Quantity,
    DateTimeOffset UpdatedAt,
    DateTimeOffset ExpiresAt
) : Node
{
    /// <summary>What its cost is reckoned of.</summary>
    internal required CartGoods Goods { get; init; }

    /// <summary>From what is stored to what clients see.</summary>
    internal static Cart Of(StoredCart cart)
    {
        var goods = new CartGoods(cart);
        var lines = cart.Lines.Select(line => CartLine.Of(line, goods)).ToList();
        goods.Selected = lines.FindAll(line => line.Selected);
        return new(
            cart.Id,
            cart.Version,
            lines,
            cart.Codes,
            Destination.Of(cart.Destination),
            cart.Quantity,
            cart.UpdatedAt,
            cart.ExpiresAt
        )
        {
            Goods = goods,
        };
    }

    /// <summary>What the selected lines cost at prices now, by the promotions that run.</summary>
    [Cost(5)]
    public IDataLoaderResult<CartCost> Cost([FromServices] LoaderContext loaders) =>
        loaders.Get<QuoteOfCart>().Require(Goods).Select(CartCost.Of);

    /// <summary>
    /// In which ways it can go where it goes, the cheapest first, and those that are not available last; all that the shop has as long
    /// as it is not known where it goes. At most 30.
    /// </summary>
    [Cost(5), ListSize(5)]
    public IDataLoaderResult<IReadOnlyList<ShippingOption>> ShippingOptions(
        [FromServices] LoaderContext loaders
    ) => loaders.Get<OptionsOfCart>().Load(Goods);

    /// <summary>In which way it goes, as `cartShippingSelect` has said; null as long as it has not, and where the shop does not do it any more.</summary>
    [Cost(5)]
    public IDataLoaderResult<ShippingOption?> ShippingOption([FromServices] LoaderContext loaders) =>
        loaders
            .Get<OptionsOfCart>()
            .Load(Goods)
            .Select(options => options.FirstOrDefault(option => option.Id == Goods.Shipping));

    /// <summary>
    /// What stands in the way of ordering the selected lines, before it is tried; empty is well. Of the cart as a whole:
    /// `CodeRefused` for each code that is not taken any more, `ShippingUnavailable` where it cannot go as was selected, `TaxUnavailable`
    /// while its taxes are not known, and `CurrencyNotSupported` or `AmountOutOfRange` when no payment channel takes what they cost.
    /// </summary>
    [Cost(5), ListSize(20)]
    public IDataLoaderResult<IReadOnlyList<Problem>> Problems(
        [FromServices] LoaderContext loaders,
        [FromServices] WhyUnpayable whyUnpayable
    ) =>
        LoaderResults
            .All(Lines.Where(line => line.Selected).Select(line => line.Problems(loaders)))
            .And(loaders.Get<QuoteOfCart>().Require(Goods))
            .Select(found =>
                (IReadOnlyList<Problem>)
                    [
                        .. found.First.SelectMany(of => of),
                        .. found.Second.RefusedCodes.Select(code => new CodeRefused(code.Code, code.Reason)),
                        .. Goods.Destination is not null
                        && Goods.Shipping is { } way
                        && ShippingFits.IsMissed(found.Second)
                            ? new[] { new ShippingUnavailable(way) }
                            : [],
                        .. found.Second.TaxesKnownAt is { } later ? new[] { new TaxUnavailable(later) } : [],
                        .. whyUnpayable(found.Second.Cost.Total, field: null) is { } problem
                            ? new[] { problem }
                            : [],
                    ]
            );
}
