using Shop.Data.Carts;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Orders.Placing;
using Shop.GraphQL.Carts;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Problems;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Transport.Http;
using RedisException = StackExchange.Redis.RedisException;

namespace Shop.GraphQL.Orders;

/// <summary>
/// Where cart, catalogue and orders meet: prices a cart's ticked lines, has them ordered, and takes them out of the cart.
/// </summary>
internal sealed class Checkout(
    CartStore carts,
    PlaceOrder placeOrder,
    ReplayPlacement replayPlacement,
    CurrentPrices prices,
    Asker asker,
    ILogger<Checkout> log
)
{
    /// <returns>What was placed, or why nothing was.</returns>
    public async Task<(PlaceOrderResult? Result, IReadOnlyList<Problem> Problems)> RunAsync(
        OrderPlaceInput input,
        CancellationToken cancel
    )
    {
        var fingerprint = input.Fingerprint();
        var cart = await carts.FindAsync(input.CartId, cancel);
        var (lines, problems) = await PriceAsync(input, cart, cancel);
        var result =
            cart is null || problems.Count > 0
                // The cart may be in no state to be ordered just because an earlier call with this key has ordered it.
                ? await replayPlacement.RunAsync(input.IdempotencyKey, fingerprint, cancel)
                : await placeOrder.RunAsync(
                    new(
                        input.IdempotencyKey,
                        fingerprint,
                        cart.Id.Secret,
                        cart.Version,
                        input.Email,
                        input.ShippingAddress.ToStored(),
                        cart.Currency,
                        lines,
                        asker.Customer
                    ),
                    cancel
                );
        if (result is PlaceOrderResult.Accepted placed && cart is not null)
        {
            StopPoint.Reach("order placed, cart not emptied");
            await TakeOutAsync(cart.Id, placed, cancel);
        }

        return (result, result is null ? problems : []);
    }

    private async Task<(IReadOnlyList<PlacedLine> Lines, IReadOnlyList<Problem> Problems)> PriceAsync(
        OrderPlaceInput input,
        Shop.Data.Carts.Cart? cart,
        CancellationToken cancel
    )
    {
        if (cart is null)
        {
            return ([], [new NotFound("There is no such cart.", ["cartId"], GlobalId.Of(input.CartId))]);
        }

        if (input.IfCartVersion is { } version && version != cart.Version)
        {
            return ([], [new VersionConflict(cart.Version) { Field = ["ifCartVersion"] }]);
        }

        var selected = cart.SelectedLines.ToList();
        if (selected.Count == 0)
        {
            return ([], [new NothingSelected { Field = ["cartId"] }]);
        }

        var priced = await prices.ReadAsync([.. selected.Select(line => line.Id.Variant)], cancel);
        var lines = new List<PlacedLine>(selected.Count);
        var problems = new List<Problem>();
        foreach (var line in selected)
        {
            var variant = priced.GetValueOrDefault(line.Id.Variant);
            if (Problem(line, variant) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                lines.Add(new(variant!.Id, variant.Sku, variant.Title, line.Quantity, variant.Price.Minor));
            }
        }

        return (lines, problems);
    }

    // A shopper pays what they saw, or is asked again.
    private static Problem? Problem(Shop.Data.Carts.CartLine line, PricedVariant? variant) =>
        variant is null
            ? new NotFound($"{line.Sku} is no longer sold.", ["cartId"], GlobalId.Of(line.Id.Variant))
        : variant.Price != line.SeenPrice ? new PriceChanged(variant.Id, line.SeenPrice, variant.Price)
        : null;

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
