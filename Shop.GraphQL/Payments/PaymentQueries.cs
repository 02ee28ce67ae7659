using Shop.Data.Orders;
using Shop.Data.Payments;
using Shop.Data.Payments.Begin;
using Shop.GraphQL.Orders;

namespace Shop.GraphQL.Payments;

/// <summary>A channel that would take a payment.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Methods">How the customer can pay there; at most 5.</param>
/// <param name="Min">The least that it takes at once.</param>
/// <param name="Max">The most.</param>
/// <param name="Available">Whether it answers at this time.</param>
internal sealed record PaymentOption(
    PaymentChannelCode Channel,
    [property: ListSize(5)] IReadOnlyList<PaymentMethod> Methods,
    Money Min,
    Money Max,
    bool Available
)
{
    internal static PaymentOption Of(PaymentOffer offer, string currency) =>
        new(
            offer.Channel,
            offer.Methods,
            new(offer.Range.Min, currency),
            new(offer.Range.Max, currency),
            offer.IsAvailable
        );
}

/// <summary>What Payments adds to the root.</summary>
internal sealed class PaymentQueries(PaymentChoice choice, LoaderContext loaders)
{
    /// <summary>
    /// The channels that take what an order costs, in the order in which the shop offers them. Empty where the order is not
    /// yours to see, or does not await payment. At most 10.
    /// </summary>
    /// <param name="order">Which order.</param>
    /// <param name="accessKey">What `orderPlace` gave to the client that placed it; not needed by its customer.</param>
    /// <param name="cancel">Ends the read.</param>
    [ListSize(5)]
    public async Task<IReadOnlyList<PaymentOption>> PaymentOptionsAsync(
        OrderBy order,
        string? accessKey,
        CancellationToken cancel
    ) =>
        order.Wanted(accessKey) is { } wanted
        && await loaders.Get<OwnOrder>().Load(wanted).GetResultAsync(cancel)
            is { Status: OrderStatus.AwaitingPayment } due
            ?
            [
                .. choice
                    .For(due.Cost.Total)
                    .Select(offer => PaymentOption.Of(offer, due.Cost.Total.Currency)),
            ]
            : [];
}
