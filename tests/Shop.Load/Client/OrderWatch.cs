using System.Runtime.CompilerServices;
using Shop.Load.Measure;

namespace Shop.Load.Client;

/// <summary>A step of an order, as it arrived.</summary>
/// <param name="At">When its last byte had been read, by the stopwatch.</param>
/// <param name="To">Status after it.</param>
/// <param name="Version">The order's version after it.</param>
internal readonly record struct OrderPush(long At, string To, int Version);

/// <summary>Watches many orders over a few connections that stay open.</summary>
internal sealed class OrderWatch : IAsyncDisposable
{
    /// <summary>What the shop allows a connection by default.</summary>
    public const int OrdersOfSocket = 100;

    private readonly EventSocket[] _sockets;
    private int _next;

    private OrderWatch(EventSocket[] sockets) => _sockets = sockets;

    /// <param name="shop">Where it listens.</param>
    /// <param name="sockets">Connections; each order is watched on the next one.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<OrderWatch> OpenAsync(ShopAddress shop, int sockets, CancellationToken cancel)
    {
        var opened = new EventSocket[sockets];
        await ClosedLoop.EachAsync(
            sockets,
            concurrency: 32,
            "connections",
            async n => opened[n] = await EventSocket.OpenAsync(shop, cancel),
            cancel
        );
        return new(opened);
    }

    /// <summary>The steps of an order as they are pushed, until the caller stops reading.</summary>
    /// <param name="order">Which.</param>
    /// <param name="fromVersion">The last version that is known; null begins with the state now.</param>
    /// <param name="cancel">Ends it.</param>
    public IAsyncEnumerable<OrderPush> WatchAsync(
        PlacedOrder order,
        int? fromVersion,
        CancellationToken cancel
    ) =>
        WatchAsync(
            _sockets[(uint)Interlocked.Increment(ref _next) % _sockets.Length],
            order,
            fromVersion,
            cancel
        );

    /// <inheritdoc cref="WatchAsync(PlacedOrder, int?, CancellationToken)"/>
    public static async IAsyncEnumerable<OrderPush> WatchAsync(
        EventSocket socket,
        PlacedOrder order,
        int? fromVersion,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var variables = new
        {
            order = order.Id,
            accessKey = order.AccessKey,
            from = fromVersion,
        };
        await foreach (var pushed in socket.SubscribeAsync(Operation.OrderStatusChanged, variables, cancel))
        {
            var step = pushed.Data.GetProperty("orderStatusChanged");
            yield return new(
                pushed.At,
                step.GetProperty("to").GetString()!,
                step.GetProperty("version").GetInt32()
            );
        }
    }

    /// <summary>The first step to another status than PENDING; null if it does not come in time.</summary>
    public Task<OrderPush?> SettledAsync(PlacedOrder order, TimeSpan patience, CancellationToken cancel) =>
        ReachedAsync(order, status => status != "PENDING", patience, cancel);

    /// <summary>The first step to a status that is waited for; null if it does not come in time.</summary>
    public async Task<OrderPush?> ReachedAsync(
        PlacedOrder order,
        Func<string, bool> isReached,
        TimeSpan patience,
        CancellationToken cancel
    )
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(patience);
        try
        {
            await foreach (var step in WatchAsync(order, fromVersion: null, late.Token))
            {
                if (isReached(step.To))
                {
                    return step;
                }
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Its time is over.
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }
    }
}
