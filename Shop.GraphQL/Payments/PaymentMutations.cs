using Microsoft.Extensions.Options;
using Shop.Data.Orders;
using Shop.Data.Orders.Keys;
using Shop.Data.Payments;
using Shop.Data.Payments.Begin;
using Shop.Data.Payments.Findings;
using Shop.GraphQL.Orders;
using Order = Shop.GraphQL.Orders.Order;

namespace Shop.GraphQL.Payments;

/// <summary>Paying for orders.</summary>
internal sealed class PaymentMutations(
    BeginPayment beginPayment,
    CheckPayment checkPayment,
    EndPayment endPayment,
    ReturnAddresses returnAddresses,
    IOptions<OrderOptions> orders,
    IOptions<PaymentOptions> options,
    LoaderContext loaders,
    Asker asker
)
{
    /// <summary>
    /// Begins to pay for an order: `payment.nextAction` says what the client does next. No money is taken by it. An order has one
    /// open payment: at the same channel and by the same method it is the same one, and another is closed first. What becomes of
    /// it is told by `paymentChanged`, and of its order by `orderStatusChanged`.
    /// </summary>
    /// <param name="input">Which order, where, and under which key.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<PaymentPayload> PaymentBeginAsync(PaymentBeginInput input, CancellationToken cancel)
    {
        if (
            input.Order.Wanted(input.AccessKey) is not { } wanted
            || await loaders.Get<OwnOrder>().Load(wanted).GetResultAsync(cancel) is not { } order
        )
        {
            return PaymentPayload.Refused(
                new NotFound("There is no such order, or it is not yours to see.", ["order"], null)
            );
        }

        var faults = Faults(input, order).ToList();
        return faults.Count > 0
            ? PaymentPayload.Refused(faults)
            : Of(await beginPayment.RunAsync(Request(input, order, wanted.AccessKey), cancel), order);
    }

    /// <summary>
    /// Asks the channel what became of a payment, for a client that is back from it. The channel is asked at most every 3
    /// seconds: `pollAfter` says when it will be again.
    /// </summary>
    /// <param name="input">Which payment.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<PaymentPayload> PaymentCheckAsync(PaymentCheckInput input, CancellationToken cancel) =>
        await IsTheirsAsync(input.PaymentId, input.AccessKey, cancel)
            ? PaymentPayload.Of(
                input.PaymentId,
                pollAfter: await checkPayment.RunNowAsync(input.PaymentId, Subjects(input.AccessKey), cancel)
            )
            : PaymentPayload.Absent;

    /// <summary>
    /// Closes a payment, so that it is not paid any more; the order can be paid by another one. Done twice, it is done.
    /// </summary>
    /// <param name="input">Which payment.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<PaymentPayload> PaymentCancelAsync(
        PaymentCancelInput input,
        CancellationToken cancel
    ) =>
        !await IsTheirsAsync(input.PaymentId, input.AccessKey, cancel)
            ? PaymentPayload.Absent
            : await endPayment.RunAsync(
                input.PaymentId,
                PaymentReason.Shopper,
                options.Value.RequestLimit,
                Subjects(input.AccessKey),
                staff: null,
                cancel
            ) switch
            {
                EndPaymentResult.Ended => PaymentPayload.Of(input.PaymentId),
                EndPaymentResult.Paid => PaymentPayload.Refused(
                    new NotAllowedNow("The payment was made; it can only be given back.")
                ),
                EndPaymentResult.Unknown => PaymentPayload.Of(
                    input.PaymentId,
                    pollAfter: checkPayment.NextAt()
                ),
                var result => throw new InvalidOperationException($"{result} is no way to end."),
            };

    private IEnumerable<Problem> Faults(PaymentBeginInput input, Order order)
    {
        if (input.ReturnUrl is { } url && !returnAddresses.Allow(url))
        {
            yield return new InvalidInput(
                "It has to be an address of the shop, or of an origin that the shop lets in.",
                ["returnUrl"]
            );
        }

        if (input.Method == PaymentMethod.WechatBrowser && string.IsNullOrWhiteSpace(input.OpenId))
        {
            yield return new InvalidInput("It is needed for `WECHAT_BROWSER`.", ["openId"]);
        }

        if (input.IfOrderVersion is { } version && version != order.Version)
        {
            yield return new VersionConflict(order.Version) { Field = ["ifOrderVersion"] };
        }

        if (order.Status != OrderStatus.AwaitingPayment)
        {
            yield return new NotAllowedNow(
                $"An order that is {$"{order.Status}".ToConstantCase()} does not await payment."
            )
            {
                Field = ["order"],
            };
        }
    }

    private BeginPaymentRequest Request(PaymentBeginInput input, Order order, AccessKey accessKey)
    {
        var dueAt = order.PaymentDueAt!.Value;
        return new(
            input.IdempotencyKey,
            new(
                order.Id,
                $"Order {order.Number}",
                order.Cost.Total,
                dueAt,
                dueAt + orders.Value.PaymentGrace
            ),
            input.Channel,
            input.Method,
            input.ReturnUrl,
            asker.Address?.ToString(),
            input.OpenId,
            [.. asker.AccessWith(accessKey).Subjects]
        );
    }

    private static PaymentPayload Of(BeginPaymentResult result, Order order) =>
        result switch
        {
            BeginPaymentResult.Begun(var payment, var replayed, var pollAfter) => PaymentPayload.Of(
                payment,
                replayed,
                pollAfter
            ),
            BeginPaymentResult.ChannelRefused(var payment, var code) => PaymentPayload.Refused(
                new ChannelRefused(code)
            ) with
            {
                PaymentId = payment,
            },
            BeginPaymentResult.PaymentOpen(var payment, var pollAfter) => PaymentPayload.Refused(
                new PaymentOpen(payment, pollAfter)
            ),
            BeginPaymentResult.ChannelUnavailable(var pollAfter, var others) => PaymentPayload.Refused(
                new ChannelUnavailable(pollAfter, others)
            ),
            BeginPaymentResult.AmountOutOfRange(var range) => PaymentPayload.Refused(
                new AmountOutOfRange(
                    new(range.Min, order.Cost.Total.Currency),
                    new(range.Max, order.Cost.Total.Currency)
                )
            ),
            BeginPaymentResult.CurrencyNotSupported => PaymentPayload.Refused(new CurrencyNotSupported()),
            BeginPaymentResult.MethodNotSupported => PaymentPayload.Refused(
                new InvalidInput(
                    "The channel does not offer it; `paymentOptions` tells what it does.",
                    ["method"]
                )
            ),
            BeginPaymentResult.NotAllowedNow(var why) => PaymentPayload.Refused(
                new NotAllowedNow(why) { Field = ["order"] }
            ),
            BeginPaymentResult.KeyConflict => PaymentPayload.Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };

    private string[] Subjects(string? accessKey) =>
        [.. asker.AccessWith(accessKey is null ? default : new(accessKey)).Subjects];

    private async Task<bool> IsTheirsAsync(PaymentId id, string? accessKey, CancellationToken cancel)
    {
        if (accessKey is null)
        {
            return await loaders.Get<OwnPayment>().Load(id).GetResultAsync(cancel) is not null;
        }

        return await loaders.Get<ProvenPaymentById>().Load(id).GetResultAsync(cancel) is { } payment
            && await loaders
                .Get<OwnOrder>()
                .Load(new(payment.OrderId, null, new(accessKey)))
                .GetResultAsync(cancel)
                is not null;
    }
}
