using Shop.Data.Checkout;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Quoting;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Pricing;

namespace Shop.GraphQL.Carts;

/// <summary>The lines of a cart as one operation sees it: what its cost, and the discounts of each line, are reckoned of.</summary>
/// <param name="currency">What all its prices are in.</param>
/// <param name="codes">What the shopper has typed.</param>
/// <param name="destination">Where it goes; null as long as that is not known.</param>
internal sealed class CartGoods(
    string currency,
    IReadOnlyList<string> codes,
    Shop.Data.Kernel.Destination? destination
)
{
    /// <summary>What the shopper has typed.</summary>
    public IReadOnlyList<string> Codes => codes;

    /// <summary>Where it goes; null as long as that is not known.</summary>
    public Shop.Data.Kernel.Destination? Destination => destination;

    /// <summary>What all its prices are in.</summary>
    public string Currency => currency;

    /// <summary>Those that are ticked.</summary>
    public IReadOnlyList<CartLine> Selected { get; set; } = [];
}

/// <summary>What carts cost: their ticked lines, at prices now, by the promotions that run.</summary>
internal sealed class QuoteOfCart(LoaderContext loaders, CurrentQuotes quotes, PricesNow now, Asker asker)
    : Loader<CartGoods, Quote>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CartGoods, Quote>> FetchAsync(
        IReadOnlyList<CartGoods> keys,
        CancellationToken cancel
    )
    {
        var asksOfGoods = await quotes.AsksOfGoodsAsync(cancel);
        // All carts ask for their goods before the first is read.
        var carts = keys.Select(cart =>
                (
                    cart,
                    Lines: LoaderResults.All(cart.Selected.Select(line => Of(line, asksOfGoods))),
                    Codes: LoaderResults.All(cart.Codes.Select(loaders.Get<TypedCodeByText>().Load))
                )
            )
            .ToList();
        var found = new Dictionary<CartGoods, Quote>();
        foreach (var (cart, lines, codes) in carts)
        {
            found.Add(
                cart,
                await quotes.OfAsync(
                    cart.Currency,
                    await lines.GetResultAsync(cancel),
                    Buyer.Of(asker.Customer, asker.Groups),
                    cart.Destination,
                    [.. cart.Codes.Zip(await codes.GetResultAsync(cancel), Typed)],
                    cancel
                )
            );
        }

        return found;
    }

    private static TypedCode Typed(string code, TypedCode? found) => found ?? TypedCode.Unknown(code);

    // Without promotions and taxes nothing but prices matters, and nothing more is read.
    private IDataLoaderResult<QuoteLine> Of(CartLine line, bool asksOfGoods) =>
        asksOfGoods
            ? line.ListedPrice(loaders, now)
                .And(loaders.Get<TraitsByVariant>().Require(line.Id.Variant))
                .Select(found => QuoteLines.Of(found.Second, found.First, line.Quantity))
            : line.ListedPrice(loaders, now)
                .Select(price => new QuoteLine(line.Id.Variant, default, price, line.Quantity));
}
