using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Orders.Placing;
using Shop.Data.Storage;
using Shop.Jobs.Messages;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>Does to a small shop, step by step, whatever chance says: what shoppers do, and what goes wrong.</summary>
internal sealed class SagaChance(ShopFixture shop, Saga saga, Random random, VariantId[] skus)
{
    /// <summary>How long a worker that stands still keeps others from what it took.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly List<(PlaceOrderRequest Request, OrderId Order)> _placed = [];

    // Workers that have taken messages and stand still, whatever becomes of these messages meanwhile.
    private readonly List<Func<Task>> _still = [];
    private int _workers;

    /// <summary>Orders so far.</summary>
    public int Placed => _placed.Count;

    public Task StepAsync() =>
        random.Next(14) switch
        {
            0 or 1 or 2 or 3 => PlaceAsync(),
            4 when _placed.Count > 0 => CancelAsync(),
            5 => saga.ForgetConfirmationsAsync<OrdersDb>(),
            6 => saga.ForgetConfirmationsAsync<InventoryDb>(),
            7 => ExpireAsync(),
            8 => StandStillAsync<OrdersDb>(),
            9 => StandStillAsync<InventoryDb>(),
            10 or 11 when _still.Count > 0 => WakeAsync(),
            12 => saga.DeliverAsync<InventoryDb>(),
            _ => saga.DeliverAsync<OrdersDb>(),
        };

    private async Task PlaceAsync()
    {
        var request = Saga.Request(
            (skus[random.Next(2)], random.Next(1, 4)),
            (skus[random.Next(2)], random.Next(1, 3))
        );
        _placed.Add((request, await saga.PlacedAsync(request)));
    }

    private async Task CancelAsync()
    {
        var (request, order) = _placed[random.Next(_placed.Count)];
        await saga.CancelAsync(request, order);
    }

    private async Task ExpireAsync()
    {
        shop.Clock.Advance(TimeSpan.FromMinutes(random.Next(20)));
        await shop.Get<CancelUnpaidOrders>().RunAsync(CancellationToken.None);
    }

    private async Task StandStillAsync<TDb>()
        where TDb : ContextDb
    {
        var messages = shop.Get<LocalMessages<TDb>>();
        var taken = await messages.ClaimAsync(
            done: [],
            $"worker {++_workers}",
            ["inventory", "orders"],
            limit: random.Next(1, 5),
            Lease,
            CancellationToken.None
        );
        if (taken.Count > 0)
        {
            _still.Add(() => DeliverLateAsync(messages, [.. taken]));
        }
    }

    private Task WakeAsync()
    {
        var worker = random.Next(_still.Count);
        var deliver = _still[worker];
        _still.RemoveAt(worker);
        return deliver();
    }

    // In any order, for a batch is one; another may have delivered them by now, and others that were written later.
    private async Task DeliverLateAsync<TDb>(LocalMessages<TDb> messages, ClaimedMessage[] taken)
        where TDb : ContextDb
    {
        random.Shuffle(taken);
        foreach (var topic in taken.GroupBy(message => message.Topic))
        {
            await shop.Get<MessageRouter>().DeliverAsync(messages.Sender, [.. topic], CancellationToken.None);
        }

        if (random.Next(2) == 0)
        {
            await messages.ClaimAsync(
                done: [.. taken.Select(message => message.Id)],
                "one that takes no more",
                ["inventory", "orders"],
                limit: 0,
                Lease,
                CancellationToken.None
            );
        }
    }
}
