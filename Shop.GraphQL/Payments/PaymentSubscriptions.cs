using System.Runtime.CompilerServices;
using Shop.Data.Orders;
using Shop.Data.Payments;
using Shop.Data.Storage.PubSub;
using Shop.GraphQL.Orders;

namespace Shop.GraphQL.Payments;

/// <summary>Payments, live.</summary>
internal sealed class PaymentSubscriptions(
    Signals signals,
    OrderStories stories,
    PaymentStories payments,
    Asker asker
)
{
    /// <summary>
    /// Payments of an order whenever they change, on whatever node: also those that are begun later, and when money goes back.
    /// The first events are its payments as they are; with `fromVersion`, those that have changed since. Changes in quick
    /// succession may come as one.
    /// </summary>
    /// <param name="orderId">Which order.</param>
    /// <param name="accessKey">What `orderPlace` gave to the client that placed it; not needed by its customer, nor by staff on their own schema.</param>
    /// <param name="fromVersion">The greatest version of a payment that you have; after a dropped connection, what you missed comes first.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ExecutionError">There is no such order, or it is not yours to see.</exception>
    public async IAsyncEnumerable<Payment> PaymentChanged(
        OrderId orderId,
        string? accessKey,
        int? fromVersion,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var access = asker.AccessWith(accessKey is null ? default : new(accessKey));
        if (
            !asker.May(StaffRole.Payments)
            && await stories.ReadAsync(orderId, access, after: null, cancel) is null
        )
        {
            throw new ExecutionError("There is no such order, or it is not yours to see.")
            {
                Code = ErrorCode.NotFound,
            };
        }

        var seen = fromVersion ?? 0;
        // Heard before they are read, so that no change falls in between.
        await foreach (
            var _ in signals.ListenAsync(PaymentAnnouncements.Channel, orderId.Value, TimeSpan.Zero, cancel)
        )
        {
            foreach (var changed in await payments.ReadAsync(orderId, seen, cancel))
            {
                seen = changed.Version;
                yield return Payment.Of(changed, isProven: true);
            }
        }
    }
}
