using Microsoft.Extensions.Logging;
using Shop.Data.Carts;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;
using Shop.Data.Orders.Placing;
using Shop.Data.Payments.Begin;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Rates;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Pricing.Uses;
using Shop.Data.Shipping;
using Shop.Data.Shipping.Rates;
using StackExchange.Redis;

namespace Shop.Data.Checkout;

/// <summary>A cart to be ordered.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key gives the same order.</param>
/// <param name="Cart">Whose ticked lines are ordered, at their prices now.</param>
/// <param name="IfCartVersion">The version that the cart has to be at; null for any.</param>
/// <param name="IfTotal">What it has to cost in all, as the customer has seen it; null for whatever it costs.</param>
/// <param name="Email">Where questions go.</param>
/// <param name="ShippingAddress">Where it goes.</param>
/// <param name="Customer">Whose it will be; null for a guest. Who asks is no part of the fingerprint: a retry may come after the sign-in.</param>
public sealed record CheckOutRequest(
    Guid IdempotencyKey,
    CartId Cart,
    int? IfCartVersion,
    Money? IfTotal,
    string Email,
    Address ShippingAddress,
    CustomerId? Customer
)
{
    /// <summary>The groups of customers that they are in: some pay other prices. As with who asks, no part of the fingerprint.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Whether they are signed in and have no order that stands, where promotions or ways to ship ask for that; else false.</summary>
    public bool IsFirstOrder { get; init; }

    /// <summary>Where the customer pays no tax; null where they do everywhere. As with who asks, no part of the fingerprint.</summary>
    public TaxExemption? TaxExemption { get; init; }

    /// <summary>The e-mail of the customer's account, where promotions count customers; else null.</summary>
    public string? AccountEmail { get; init; }

    /// <summary>Who buys, as far as prices go.</summary>
    internal Buyer Buyer => Buyer.Of(Customer, Groups, TaxExemption) with { IsFirstOrder = IsFirstOrder };

    /// <summary>Over all but the key: the same key with another input is a conflict.</summary>
    internal byte[] Fingerprint =>
        Storage.Idempotency.Fingerprint.Of([
            "place",
            Cart.Secret,
            StoredJson.Write(IfCartVersion),
            Email,
            StoredJson.Write(ShippingAddress),
            // Without one, a call is the same as before there was a total to name.
            .. IfTotal is { } total ? [StoredJson.Write(total)] : Array.Empty<string>(),
        ]);
}

/// <summary>
/// Where cart, catalogue, promotions, payment channels and orders meet: quotes a cart's ticked lines, has them ordered, and takes
/// them out of the cart.
/// </summary>
public sealed class CheckOutCart(
    CartStore carts,
    CurrentPrices prices,
    CurrentRates exchangeRates,
    CurrentQuotes quotes,
    CurrentShipping shipping,
    CarrierRates carrierRates,
    FindCodes findCodes,
    PaymentChoice channels,
    PlaceOrder placeOrder,
    ReplayPlacement replayPlacement,
    TimeProvider clock,
    ILogger<CheckOutCart> log
)
{
    /// <exception cref="RedisConnectionException">Redis is away. Nothing was placed.</exception>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again to learn what became of it.</exception>
    public async Task<CheckOutResult> RunAsync(CheckOutRequest request, CancellationToken cancel)
    {
        var cart = await carts.FindAsync(request.Cart, cancel);
        var (toPlace, refusal) = await QuoteAsync(request, cart, cancel);
        var answer = toPlace is not null
            ? await placeOrder.RunAsync(toPlace, cancel)
            // The cart may be in no state to be ordered just because an earlier call with this key has ordered it.
            : await replayPlacement.RunAsync(request.IdempotencyKey, request.Fingerprint, cancel);
        if (answer is PlaceOrderResult.Accepted placed && cart is not null)
        {
            StopPoint.Reach("order placed, cart not emptied");
            await TakeOutAsync(cart.Id, placed, cancel);
        }

        return answer is null ? refusal! : new CheckOutResult.Answered(answer);
    }

    private async Task<(PlaceOrderRequest? ToPlace, CheckOutResult? Refusal)> QuoteAsync(
        CheckOutRequest request,
        Cart? cart,
        CancellationToken cancel
    )
    {
        if (cart is null)
        {
            return (null, new CheckOutResult.CartNotFound());
        }

        if (request.IfCartVersion is { } version && version != cart.Version)
        {
            return (null, new CheckOutResult.CartChanged(cart.Version));
        }

        var selected = cart.SelectedLines.ToList();
        if (selected.Count == 0)
        {
            return (null, new CheckOutResult.NothingSelected());
        }

        var priced = await prices.ReadAsync([.. selected.Select(line => line.Id.Variant)], cancel);
        var now = clock.GetUtcNow();
        var conversion = (await exchangeRates.ReadAsync(cancel)).To(cart.Currency, now);
        var context = new PriceContext(cart.Currency, request.Groups, now) { Conversion = conversion };
        var lines = Lines(selected, priced, context);
        var changed = Changed(selected, lines, await quotes.ShownAsync(lines, request.Buyer, cancel));
        if (changed.Count > 0)
        {
            return (null, new CheckOutResult.LinesChanged(changed));
        }

        var place = Destination.Of(request.ShippingAddress);
        var ways = await shipping.ReadAsync(cancel);
        var told = await carrierRates.ReadAsync(ways, cart.Shipping, Parcel.Of(lines, place), cancel);
        var quote = await quotes.OfAsync(
            cart.Currency,
            lines,
            request.Buyer,
            place,
            ways.To(cart.Shipping, place, told)?.In(cart.Currency, conversion),
            await findCodes.RunAsync(cart.Codes, cancel),
            QuoteFor.Order,
            cancel
        );
        var refusal = ShippingFits.Refusal(quote, cart.Shipping, ways) ?? Refusal(request, quote);
        return refusal is not null
            ? (null, refusal)
            : (
                ToPlace(request, cart, selected, priced, quote, ways.Find(cart.Shipping)) with
                {
                    ExchangeRate = conversion?.Rate,
                },
                null
            );
    }

    // Those that are sold still.
    private static List<QuoteLine> Lines(
        List<CartLine> selected,
        IReadOnlyDictionary<VariantId, PricedVariant> priced,
        PriceContext context
    ) =>
        [
            .. from line in selected
            let variant = priced.GetValueOrDefault(line.Id.Variant)
            where variant is not null
            select QuoteLines.Of(
                variant.Traits,
                variant.Prices.Of(context, line.Quantity).Price,
                line.Quantity
            ),
        ];

    // A customer pays what they saw, or is asked again.
    private static List<ChangedLine> Changed(
        List<CartLine> selected,
        List<QuoteLine> lines,
        IReadOnlyList<Money> shown
    )
    {
        var now = lines.Zip(shown).ToDictionary(line => line.First.Variant, line => line.Second);
        return
        [
            .. from line in selected
            let price = now.TryGetValue(line.Id.Variant, out var found) ? found : (Money?)null
            where price != line.SeenPrice
            select new ChangedLine(line.Id.Variant, line.Sku, line.SeenPrice, price),
        ];
    }

    private CheckOutResult? Refusal(CheckOutRequest request, Quote quote) =>
        quote.RefusedCodes.Count > 0 ? new CheckOutResult.CodesRefused(quote.RefusedCodes)
        : quote.TaxesKnownAt is { } later ? new CheckOutResult.TaxUnavailable(later)
        : request.IfTotal is { } shown && shown != quote.Cost.Total
            ? new CheckOutResult.TotalChanged(shown, quote.Cost.Total)
        : channels.WhyNone(quote.Cost.Total) is not null ? new CheckOutResult.Unpayable(quote.Cost.Total)
        : null;

    private static PlaceOrderRequest ToPlace(
        CheckOutRequest request,
        Cart cart,
        List<CartLine> selected,
        IReadOnlyDictionary<VariantId, PricedVariant> priced,
        Quote quote,
        Way? way
    )
    {
        var quoted = quote.Lines.ToDictionary(line => line.Line.Variant);
        return new(
            request.IdempotencyKey,
            request.Fingerprint,
            cart.Id.Secret,
            cart.Version,
            request.Email,
            request.ShippingAddress,
            quote.Cost,
            [.. selected.Select(line => Placed(priced[line.Id.Variant], quoted[line.Id.Variant], quote))],
            request.Customer
        )
        {
            Taxes = quote.Taxes,
            Taxation = Taxation.Of(quote),
            TaxDocument = quote.Document,
            Promotions = [.. quote.Promotions.Select(FrozenOutcome.Of)],
            Shipping = way is null ? null : ShippingFits.Chosen(way, quote),
            Uses = quote.Uses,
            Buyers =
                quote.Uses.Count > 0 ? Buyers.Of(request.Customer, request.Email, request.AccountEmail) : [],
        };
    }

    private static PlacedLine Placed(PricedVariant variant, QuotedLine quoted, Quote quote) =>
        new(variant.Id, variant.Sku, variant.Title, quoted.Line.Quantity, quoted.UnitPrice)
        {
            Taxes = quoted.Taxes,
            Discounts = quote.Frozen(quoted),
        };

    private async Task TakeOutAsync(CartId cart, PlaceOrderResult.Accepted placed, CancellationToken cancel)
    {
        try
        {
            await carts.RemoveOrderedAsync(cart, placed.CartVersion, cancel);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            // The order stands. Ordered again, this state of the cart gives the same order.
            log.CartNotCleared(placed.OrderId.Value, fault);
        }
    }
}
