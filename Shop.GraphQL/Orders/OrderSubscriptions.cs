using System.Runtime.CompilerServices;
using Shop.Data.Orders;
using Shop.Data.Storage.PubSub;

namespace Shop.GraphQL.Orders;

/// <summary>Orders, live.</summary>
internal sealed class OrderSubscriptions(Signals signals, OrderStories stories, Asker asker)
{
    /// <summary>
    /// Each step of an order, once and in order, on whatever node it happens. The first event is the step that led to the
    /// state now; with `fromVersion`, every step after that version.
    /// </summary>
    /// <param name="orderId">Which order.</param>
    /// <param name="accessKey">What `orderPlace` gave to the client that placed it; not needed by its customer, nor by staff on their own schema.</param>
    /// <param name="fromVersion">The version you have; after a dropped connection, what you missed comes first.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ExecutionError">There is no such order, or it is not yours to see.</exception>
    public async IAsyncEnumerable<OrderStatusChange> OrderStatusChanged(
        OrderId orderId,
        string? accessKey,
        int? fromVersion,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var access = asker.AccessWith(accessKey is null ? default : new(accessKey));
        var seen = fromVersion;
        // Heard before it is read, so that no step falls in between.
        await foreach (
            var signal in signals.ListenAsync(
                OrderAnnouncements.Channel,
                orderId.Value,
                TimeSpan.Zero,
                cancel
            )
        )
        {
            var announced = signal == Signals.ReadAgain ? null : OrderAnnouncements.Read(orderId, signal);
            if (announced is not null && announced.Version <= seen)
            {
                continue;
            }

            // What is announced is told as it is, unless something was missed before it.
            var steps =
                announced is not null && announced.Version == seen + 1
                    ? [announced]
                    : await stories.ReadAsync(orderId, access, seen, cancel)
                        ?? throw new ExecutionError("There is no such order, or it is not yours to see.")
                        {
                            Code = ErrorCode.NotFound,
                        };
            foreach (var step in steps)
            {
                seen = step.Version;
                yield return Change(step);
            }
        }
    }

    /// <summary>
    /// Each step of each of your orders, once, on whatever node it happens: also of orders that you place or claim elsewhere
    /// meanwhile. The first events are the last steps of those that are not yet delivered, cancelled, rejected or refunded:
    /// the 100 that moved last, the oldest step first. Your newest 1,000 orders are followed.
    /// </summary>
    /// <param name="cancel">Ends it.</param>
    [SignedIn]
    public async IAsyncEnumerable<OrderStatusChange> ViewerOrdersChanged(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var customer = asker.Customer!.Value;
        var watch = new CustomerWatch(customer, stories);
        await foreach (
            var signal in signals.ListenAsync(
                OrderAnnouncements.CustomerChannel,
                customer.Value,
                TimeSpan.Zero,
                cancel
            )
        )
        {
            var steps =
                signal == Signals.ReadAgain
                    ? await watch.ReadAsync(cancel)
                    : await watch.HearAsync(OrderAnnouncements.Read(customer, signal), cancel);
            foreach (var step in steps)
            {
                yield return Change(step);
            }
        }
    }

    private static OrderStatusChange Change(OrderStatusChanged step) =>
        new(step.From, step.To, step.Version, step.At)
        {
            OrderId = step.OrderId,
            TraceParent = step.TraceParent,
        };
}
