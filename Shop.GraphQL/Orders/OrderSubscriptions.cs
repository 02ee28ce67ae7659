using System.Runtime.CompilerServices;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.GraphQL.Schema;
using RedisValue = StackExchange.Redis.RedisValue;

namespace Shop.GraphQL.Orders;

/// <summary>Orders, live.</summary>
internal sealed class OrderSubscriptions(Signals signals, Reads<OrdersDb> reads)
{
    /// <summary>
    /// Each step of an order, once and in order, on whatever node it happens. The first event is the step that led to the
    /// state now; with `fromVersion`, every step after that version.
    /// </summary>
    /// <param name="orderId">Which order.</param>
    /// <param name="accessKey">What `orderPlace` gave to whoever placed it.</param>
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
        await AuthorizeAsync(orderId, accessKey, cancel);
        var seen = fromVersion;
        // Heard before it is read, so that no step falls in between.
        await foreach (var signal in signals.ListenAsync(OrderAnnouncements.Channel(orderId), cancel))
        {
            foreach (var step in await StepsAsync(orderId, signal, seen, cancel))
            {
                seen = step.Version;
                yield return step;
            }
        }
    }

    private async Task AuthorizeAsync(OrderId id, string? accessKey, CancellationToken cancel)
    {
        await using var db = reads.Open();
        var hash = accessKey is null ? [] : new AccessKey(accessKey).Hash;
        if (!await db.Orders.AnyAsync(row => row.Id == id && row.AccessKeyHash == hash, cancel))
        {
            throw new ExecutionError("There is no such order, or it is not yours to see.")
            {
                Code = ErrorCode.NotFound,
            };
        }
    }

    /// <summary>The steps after <paramref name="seen"/>: the one announced if it is the next, else what the store has.</summary>
    private async Task<IReadOnlyList<OrderStatusChange>> StepsAsync(
        OrderId id,
        RedisValue signal,
        int? seen,
        CancellationToken cancel
    )
    {
        if (signal != Signals.ReadAgain && seen is { } version)
        {
            var step = OrderAnnouncements.Read(signal);
            if (step.Version <= version)
            {
                return [];
            }

            if (step.Version == version + 1)
            {
                return [Change(id, step.From, step.To, step.Version, step.At)];
            }
        }

        await using var db = reads.Open();
        var story = db.Events.Where(step => step.OrderId == id);
        story = seen is { } last
            ? story.Where(step => step.Sequence > last).OrderBy(step => step.Sequence)
            : story.OrderByDescending(step => step.Sequence).Take(1);
        var steps = await story.ToListAsync(cancel);
        return [.. steps.Select(step => Change(id, step.FromStatus, step.ToStatus, step.Sequence, step.At))];
    }

    private static OrderStatusChange Change(
        OrderId id,
        OrderStatus? from,
        OrderStatus to,
        int version,
        DateTimeOffset at
    ) => new(from, to, version, at) { OrderId = id };
}
