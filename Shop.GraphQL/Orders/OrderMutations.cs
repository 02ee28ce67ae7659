using Shop.Data.Checkout;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Orders.Keys;
using Shop.Data.Orders.Placing;
using Shop.Data.Pricing;
using Shop.GraphQL.Accounts;
using Shop.GraphQL.Carts;

namespace Shop.GraphQL.Orders;

/// <summary>Orders, placed and called off.</summary>
internal sealed class OrderMutations(
    CheckOutCart checkOutCart,
    CancelOrder cancelOrder,
    ClaimOrder claimOrder,
    CurrentQuotes quotes,
    CartBuyer buyer,
    WhyUnpayable whyUnpayable,
    LoaderContext loaders,
    Asker asker
)
{
    /// <summary>
    /// Turns a cart's selected lines into an order, at their prices now. Answers once the order is durable; its stock is
    /// deducted after: watch `orderStatusChanged`. What was ordered leaves the cart. A signed-in customer finds it among their
    /// orders.
    /// </summary>
    /// <param name="input">What, for whom, and under which key.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<OrderPlacePayload> OrderPlaceAsync(OrderPlaceInput input, CancellationToken cancel)
    {
        var faults = input.Faults().ToList();
        if (faults.Count > 0)
        {
            return OrderPlacePayload.Refused(faults);
        }

        var request = input.ToRequest(asker.Customer) with
        {
            Groups = asker.Groups,
            TaxExemption = asker.TaxExemption,
            AccountEmail = await AccountEmailAsync(cancel),
            IsFirstOrder = await buyer.IsFirstOrderAsync(cancel),
        };
        return await checkOutCart.RunAsync(request, cancel) switch
        {
            CheckOutResult.Answered(var answer) => Of(input, answer),
            CheckOutResult.CartNotFound => OrderPlacePayload.Refused(
                new NotFound("There is no such cart.", ["cartId"], GlobalId.Of(input.CartId))
            ),
            CheckOutResult.CartChanged(var version) => OrderPlacePayload.Refused(
                new VersionConflict(version) { Field = ["ifCartVersion"] }
            ),
            CheckOutResult.NothingSelected => OrderPlacePayload.Refused(
                new NothingSelected { Field = ["cartId"] }
            ),
            CheckOutResult.LinesChanged(var lines) => OrderPlacePayload.Refused([.. lines.Select(Of)]),
            CheckOutResult.CodesRefused(var codes) => OrderPlacePayload.Refused([
                .. codes.Select(code => new CodeRefused(code.Code, code.Reason) { Field = ["cartId"] }),
            ]),
            CheckOutResult.ShippingNeeded => OrderPlacePayload.Refused(new ShippingNeeded()),
            CheckOutResult.ShippingUnavailable(var method) => OrderPlacePayload.Refused(
                new ShippingUnavailable(method) { Field = ["cartId"] }
            ),
            CheckOutResult.TaxUnavailable(var later) => OrderPlacePayload.Refused(
                new TaxUnavailable(later) { Field = ["cartId"] }
            ),
            CheckOutResult.TotalChanged(var previous, var current) => OrderPlacePayload.Refused(
                new TotalChanged(previous, current)
            ),
            CheckOutResult.Unpayable(var total) => OrderPlacePayload.Refused(
                whyUnpayable(total, ["cartId"])!
            ),
            var result => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    /// <summary>
    /// Calls an order off while it is pending or awaits payment; its stock is given back. Its customer may, a client with
    /// its access key, and, on their own schema, staff with the role `ORDERS`.
    /// </summary>
    /// <param name="input">Which, and under which key.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<OrderPayload> OrderCancelAsync(OrderCancelInput input, CancellationToken cancel)
    {
        if (
            input.Order.Wanted(input.AccessKey) is not { } wanted
            || await loaders.Get<OwnOrder>().Load(wanted).GetResultAsync(cancel) is not { } order
        )
        {
            return OrderPayload.Absent;
        }

        var result = await cancelOrder.RunAsync(
            new(input.IdempotencyKey, order.Id, asker.AccessWith(wanted.AccessKey), input.Reason),
            cancel
        );
        return result switch
        {
            OrderChangeResult.Changed done => new([]) { OrderId = done.OrderId },
            OrderChangeResult.NotFound => OrderPayload.Absent,
            OrderChangeResult.NotAllowedNow now => OrderPayload.Refused(
                new NotAllowedNow($"An order that is {now.Status} can no longer be cancelled.")
            ),
            OrderChangeResult.KeyConflict => OrderPayload.Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    /// <summary>
    /// Makes a guest's order yours, so that you see it without its access key, which goes on to open it as well. Done twice,
    /// it is done; what is another customer's by now is not found.
    /// </summary>
    /// <param name="input">Which order, and the proof that you placed it.</param>
    /// <param name="cancel">Ends the wait.</param>
    [SignedIn]
    public async Task<OrderPayload> OrderClaimAsync(OrderClaimInput input, CancellationToken cancel) =>
        input.Order.Wanted(input.AccessKey) is { } wanted
        && await claimOrder.RunAsync(
            wanted.Id,
            wanted.Number,
            wanted.AccessKey,
            asker.Customer!.Value,
            cancel
        )
            is { } order
            ? new([]) { OrderId = order }
            : OrderPayload.Absent;

    // Read only where a promotion counts its customers.
    private async Task<string?> AccountEmailAsync(CancellationToken cancel) =>
        asker.Customer is { } customer && await quotes.CountsCustomersAsync(cancel)
            ? (await loaders.Get<CustomerById>().Load(customer).GetResultAsync(cancel))?.Email
            : null;

    private static OrderPlacePayload Of(OrderPlaceInput input, PlaceOrderResult answer) =>
        answer switch
        {
            PlaceOrderResult.Accepted placed => new(
                AccessKey.Of(input.CartId.Secret, placed.OrderId).Text,
                placed.Replayed,
                []
            )
            {
                Earlier = placed.OrderId,
                Written = placed.Written is { } written ? OrderFields.Of(placed.OrderId, written) : null,
            },
            PlaceOrderResult.KeyConflict => OrderPlacePayload.Refused(new IdempotencyConflict()),
            PlaceOrderResult.CartOrdered => OrderPlacePayload.Refused(IdempotencyConflict.OfCart),
            PlaceOrderResult.Throttled busy => OrderPlacePayload.Refused(new Throttled(busy.PollAfter)),
            _ => throw new InvalidOperationException($"{answer} is no way to end."),
        };

    private static Problem Of(ChangedLine line) =>
        line.CurrentPrice is { } price
            ? new PriceChanged(line.Variant, line.SeenPrice, price)
            : new NotFound($"{line.Sku} is no longer sold.", ["cartId"], GlobalId.Of(line.Variant));
}
