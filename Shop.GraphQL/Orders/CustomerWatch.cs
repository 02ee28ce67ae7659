using Shop.Data.Orders;
using Shop.Data.Orders.Keys;

namespace Shop.GraphQL.Orders;

/// <summary>How far a client that watches all orders of a customer has been told of each: no step twice, and none left out.</summary>
internal sealed class CustomerWatch(CustomerId customer, OrderStories stories)
{
    private const int MaxFirst = 100;

    private readonly OrderAccess _access = new(customer, AccessKey: default, IsStaff: false);

    // The version that was told last, by order: of the newest ones, and of no older ones than that.
    private readonly SortedDictionary<long, int> _told = [];
    private long _oldest;
    private bool _hasBegun;

    /// <summary>What the stores say: first where the open orders stand, later what was not announced here.</summary>
    public async Task<IReadOnlyList<OrderStatusChanged>> ReadAsync(CancellationToken cancel)
    {
        var last = await stories.ReadLastAsync(customer, cancel);
        if (_hasBegun)
        {
            var news = await Task.WhenAll(
                last.Where(step => step.OrderId.Value >= _oldest).Select(step => NewsAsync(step, cancel))
            );
            return Tell([
                .. news.SelectMany(steps => steps)
                    .OrderBy(step => step.At)
                    .ThenBy(step => step.OrderId.Value)
                    .ThenBy(step => step.Version),
            ]);
        }

        _hasBegun = true;
        Tell(last);
        if (last.Count == OrderStories.MaxOrders)
        {
            _oldest = _told.Keys.First();
        }

        return [.. last.Where(step => OrderTransitions.IsOpen(step.To)).TakeLast(MaxFirst)];
    }

    /// <summary>What is new with a step that was announced: it, and what was missed before it; nothing where it is known.</summary>
    public async Task<IReadOnlyList<OrderStatusChanged>> HearAsync(
        OrderStatusChanged announced,
        CancellationToken cancel
    ) => Tell(await NewsAsync(announced, cancel));

    private async Task<IReadOnlyList<OrderStatusChanged>> NewsAsync(
        OrderStatusChanged last,
        CancellationToken cancel
    )
    {
        // An order that has come since is told from its beginning; of one that is too old to be followed, nothing else.
        var told =
            _told.TryGetValue(last.OrderId.Value, out var version) ? version
            : last.OrderId.Value < _oldest ? last.Version - 1
            : 0;
        return last.Version <= told ? []
            : last.Version == told + 1 ? [last]
            : await stories.ReadAsync(last.OrderId, _access, told, cancel) ?? [];
    }

    private IReadOnlyList<OrderStatusChanged> Tell(IReadOnlyList<OrderStatusChanged> steps)
    {
        foreach (var step in steps.Where(step => step.OrderId.Value >= _oldest))
        {
            _told[step.OrderId.Value] = step.Version;
        }

        while (_told.Count > OrderStories.MaxOrders)
        {
            _told.Remove(_told.Keys.First());
            _oldest = _told.Keys.First();
        }

        return steps;
    }
}
