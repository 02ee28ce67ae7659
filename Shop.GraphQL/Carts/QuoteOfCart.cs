using Shop.Data.Checkout;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Rates;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Shipping;
using Shop.Data.Shipping.Rates;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Pricing;

namespace Shop.GraphQL.Carts;

/// <summary>A cart as one operation sees it: what its cost, and the discounts of each line, are reckoned of.</summary>
/// <param name="stored">The cart.</param>
internal sealed class CartGoods(Shop.Data.Carts.Cart stored)
{
    /// <summary>What the shopper has typed.</summary>
    public IReadOnlyList<string> Codes => stored.Codes;

    /// <summary>Where it goes; null as long as that is not known.</summary>
    public Shop.Data.Kernel.Destination? Destination => stored.Destination;

    /// <summary>How it goes; null as long as that is not chosen.</summary>
    public ShippingMethodId? Shipping => stored.Shipping;

    /// <summary>What all its prices are in.</summary>
    public string Currency => stored.Currency;

    /// <summary>The lines that are ticked.</summary>
    public IReadOnlyList<CartLine> Selected { get; set; } = [];
}

/// <summary>A cart's goods and codes as they are quoted, at prices now.</summary>
/// <param name="Conversion">How prices become prices of the cart's currency; null where they are.</param>
internal sealed record ReadGoods(
    IReadOnlyList<QuoteLine> Lines,
    IReadOnlyList<TypedCode> Codes,
    Conversion? Conversion
);

/// <summary>What is asked of the catalogue and of Pricing, so that carts can be quoted.</summary>
internal sealed class GoodsOfCart(
    LoaderContext loaders,
    CurrentQuotes quotes,
    CurrentShipping shipping,
    CurrentRates rates,
    PricesNow now,
    TimeProvider clock
) : Loader<CartGoods, ReadGoods>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CartGoods, ReadGoods>> FetchAsync(
        IReadOnlyList<CartGoods> keys,
        CancellationToken cancel
    )
    {
        var asksOfGoods =
            await quotes.AsksOfGoodsAsync(cancel) || (await shipping.ReadAsync(cancel)).Active.Count > 0;
        var book = await rates.ReadAsync(cancel);
        var moment = clock.GetUtcNow();
        // All carts ask for their goods before the first is read.
        var carts = keys.Select(cart => (cart, Conversion: book.To(cart.Currency, moment)))
            .Select(of =>
                (
                    of.cart,
                    of.Conversion,
                    Lines: LoaderResults.All(
                        of.cart.Selected.Select(line => Of(line, of.Conversion, asksOfGoods))
                    ),
                    Codes: LoaderResults.All(of.cart.Codes.Select(loaders.Get<TypedCodeByText>().Load))
                )
            )
            .ToList();
        var found = new Dictionary<CartGoods, ReadGoods>();
        foreach (var (cart, conversion, lines, codes) in carts)
        {
            found.Add(
                cart,
                new(
                    await lines.GetResultAsync(cancel),
                    [.. cart.Codes.Zip(await codes.GetResultAsync(cancel), Typed)],
                    conversion
                )
            );
        }

        return found;
    }

    private static TypedCode Typed(string code, TypedCode? found) => found ?? TypedCode.Unknown(code);

    // Without a promotion, a tax and a way to ship nothing but prices matters, and nothing more is read.
    private IDataLoaderResult<QuoteLine> Of(CartLine line, Conversion? conversion, bool asksOfGoods) =>
        asksOfGoods
            ? line.ListedPrice(loaders, now, conversion)
                .And(loaders.Get<TraitsByVariant>().Require(line.Id.Variant))
                .Select(found => QuoteLines.Of(found.Second, found.First, line.Quantity))
            : line.ListedPrice(loaders, now, conversion)
                .Select(price => new QuoteLine(line.Id.Variant, default, price, line.Quantity));
}

/// <summary>What carts cost: their ticked lines, at prices now, by the promotions that run, and as they shall go.</summary>
internal sealed class QuoteOfCart(
    LoaderContext loaders,
    CurrentQuotes quotes,
    CurrentShipping shipping,
    CarrierRates rates,
    CartBuyer who
) : Loader<CartGoods, Quote>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CartGoods, Quote>> FetchAsync(
        IReadOnlyList<CartGoods> keys,
        CancellationToken cancel
    )
    {
        var book = await shipping.ReadAsync(cancel);
        var buyer = await who.ReadAsync(cancel);
        var goods = await LoaderResults
            .All(keys.Select(loaders.Get<GoodsOfCart>().Require))
            .GetResultAsync(cancel);
        // At once: each may wait for services outside.
        var quoted = await Task.WhenAll(
            keys.Zip(goods, (cart, read) => QuoteAsync(book, buyer, cart, read, cancel))
        );
        return keys.Zip(quoted).ToDictionary(each => each.First, each => each.Second);
    }

    private async Task<Quote> QuoteAsync(
        ShippingBook book,
        Buyer buyer,
        CartGoods cart,
        ReadGoods goods,
        CancellationToken cancel
    )
    {
        var parcel = Parcel.Of(goods.Lines, cart.Destination);
        var told = await rates.ReadAsync(book, cart.Shipping, parcel, cancel);
        return await quotes.OfAsync(
            cart.Currency,
            goods.Lines,
            buyer,
            cart.Destination,
            book.To(cart.Shipping, cart.Destination, told)?.In(cart.Currency, goods.Conversion),
            goods.Codes,
            QuoteFor.Cart,
            cancel
        );
    }
}

/// <summary>In which ways carts can go, the cheapest first; those that are not available last.</summary>
internal sealed class OptionsOfCart(
    LoaderContext loaders,
    CurrentQuotes quotes,
    CurrentShipping shipping,
    CarrierRates rates,
    CartBuyer who
) : ListLoader<CartGoods, ShippingOption>
{
    /// <inheritdoc />
    protected override async Task<ILookup<CartGoods, ShippingOption>> FetchAsync(
        IReadOnlyList<CartGoods> keys,
        CancellationToken cancel
    )
    {
        var book = await shipping.ReadAsync(cancel);
        var buyer = await who.ReadAsync(cancel);
        var goods = await LoaderResults
            .All(keys.Select(loaders.Get<GoodsOfCart>().Require))
            .GetResultAsync(cancel);
        var options = new List<(CartGoods Cart, ShippingOption Option)>();
        foreach (var (cart, read) in keys.Zip(goods))
        {
            var told = await rates.ReadAsync(book, Parcel.Of(read.Lines, cart.Destination), cancel);
            foreach (var way in book.Active)
            {
                var method = book.To(way.Id, cart.Destination, told)?.In(cart.Currency, read.Conversion);
                if (method is not null || cart.Destination is null)
                {
                    // Each by a quote of its own: promotions may depend on it, and its price on them.
                    var quote = method is null
                        ? null
                        : await quotes.OfAsync(
                            cart.Currency,
                            read.Lines,
                            buyer,
                            cart.Destination,
                            method,
                            read.Codes,
                            QuoteFor.Choice,
                            cancel
                        );
                    options.Add((cart, ShippingOption.Of(way, quote)));
                }
            }
        }

        return options
            .OrderBy(one => one.Option.Price?.Minor ?? long.MaxValue)
            .ThenBy(one => one.Option.Id.Value)
            .ToLookup(one => one.Cart, one => one.Option);
    }
}
