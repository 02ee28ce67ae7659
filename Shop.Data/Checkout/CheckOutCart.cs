using Microsoft.Extensions.Logging;
using Shop.Data.Carts;
using Shop.Data.Catalog;
using Shop.Data.Orders.Placing;
using Shop.Data.Payments.Begin;
using Shop.Data.Pricing;
using StackExchange.Redis;

namespace Shop.Data.Checkout;

/// <summary>A cart to be ordered.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key gives the same order.</param>
/// <param name="Cart">Whose ticked lines are ordered, at their prices now.</param>
/// <param name="IfCartVersion">The version that the cart has to be at; null for any.</param>
/// <param name="Email">Where questions go.</param>
/// <param name="ShippingAddress">Where it goes.</param>
/// <param name="Customer">Whose it will be; null for a guest. Who asks is no part of the fingerprint: a retry may come after the sign-in.</param>
public sealed record CheckOutRequest(
    Guid IdempotencyKey,
    CartId Cart,
    int? IfCartVersion,
    string Email,
    Address ShippingAddress,
    CustomerId? Customer
)
{
    /// <summary>Over all but the key: the same key with another input is a conflict.</summary>
    internal byte[] Fingerprint =>
        Storage.Idempotency.Fingerprint.Of(
            "place",
            Cart.Secret,
            StoredJson.Write(IfCartVersion),
            Email,
            StoredJson.Write(ShippingAddress)
        );
}

/// <summary>
/// Where cart, catalogue, prices, payment channels and orders meet: prices a cart's ticked lines, has them ordered, and takes
/// them out of the cart. The one verb that calls several contexts.
/// </summary>
public sealed class CheckOutCart(
    CartStore carts,
    CurrentPrices prices,
    PaymentChoice channels,
    PlaceOrder placeOrder,
    ReplayPlacement replayPlacement,
    ILogger<CheckOutCart> log
)
{
    /// <exception cref="RedisConnectionException">Redis is away. Nothing was placed.</exception>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again to learn what became of it.</exception>
    public async Task<CheckOutResult> RunAsync(CheckOutRequest request, CancellationToken cancel)
    {
        var cart = await carts.FindAsync(request.Cart, cancel);
        var (lines, refusal) = await PriceAsync(request, cart, cancel);
        var answer = refusal is null
            ? await placeOrder.RunAsync(ToPlace(request, cart!, lines), cancel)
            // The cart may be in no state to be ordered just because an earlier call with this key has ordered it.
            : await replayPlacement.RunAsync(request.IdempotencyKey, request.Fingerprint, cancel);
        if (answer is PlaceOrderResult.Accepted placed && cart is not null)
        {
            StopPoint.Reach("order placed, cart not emptied");
            await TakeOutAsync(cart.Id, placed, cancel);
        }

        return answer is null ? refusal! : new CheckOutResult.Answered(answer);
    }

    private async Task<(IReadOnlyList<PlacedLine> Lines, CheckOutResult? Refusal)> PriceAsync(
        CheckOutRequest request,
        Cart? cart,
        CancellationToken cancel
    )
    {
        if (cart is null)
        {
            return ([], new CheckOutResult.CartNotFound());
        }

        if (request.IfCartVersion is { } version && version != cart.Version)
        {
            return ([], new CheckOutResult.CartChanged(cart.Version));
        }

        var selected = cart.SelectedLines.ToList();
        if (selected.Count == 0)
        {
            return ([], new CheckOutResult.NothingSelected());
        }

        var priced = await prices.ReadAsync([.. selected.Select(line => line.Id.Variant)], cancel);
        var lines = new List<PlacedLine>(selected.Count);
        var changed = new List<ChangedLine>();
        foreach (var line in selected)
        {
            // A customer pays what they saw, or is asked again.
            var variant = priced.GetValueOrDefault(line.Id.Variant);
            if (variant?.Price == line.SeenPrice)
            {
                lines.Add(new(variant.Id, variant.Sku, variant.Title, line.Quantity, variant.Price));
            }
            else
            {
                changed.Add(new(line.Id.Variant, line.Sku, line.SeenPrice, variant?.Price));
            }
        }

        if (changed.Count > 0)
        {
            return (lines, new CheckOutResult.LinesChanged(changed));
        }

        var total = CostOf(cart, lines).Total;
        return (lines, channels.WhyNone(total) is null ? null : new CheckOutResult.Unpayable(total));
    }

    private static PlaceOrderRequest ToPlace(
        CheckOutRequest request,
        Cart cart,
        IReadOnlyList<PlacedLine> lines
    ) =>
        new(
            request.IdempotencyKey,
            request.Fingerprint,
            cart.Id.Secret,
            cart.Version,
            request.Email,
            request.ShippingAddress,
            CostOf(cart, lines),
            lines,
            request.Customer
        );

    private static Cost CostOf(Cart cart, IReadOnlyList<PlacedLine> lines) =>
        Quote.Of(cart.Currency, lines.Select(line => (line.UnitPrice, line.Quantity)));

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
