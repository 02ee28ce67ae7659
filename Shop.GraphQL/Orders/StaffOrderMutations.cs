using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;

namespace Shop.GraphQL.Orders;

/// <summary>What staff does with orders that are paid.</summary>
internal sealed class StaffOrderMutations(FulfilOrder fulfilOrder, LoaderContext loaders, Asker asker)
{
    /// <summary>Notes that a paid order was handed to the carrier. Its customer and the clients that watch it are told.</summary>
    /// <param name="input">Which order, under which key, and how to follow it.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Orders)]
    public async Task<OrderPayload> OrderShipAsync(OrderShipInput input, CancellationToken cancel) =>
        input.Faults().ToList() is { Count: > 0 } faults
            ? new OrderPayload(faults)
            : await FulfilAsync(input.IdempotencyKey, input.Order, input.Step, input.IfVersion, cancel);

    /// <summary>Notes that a shipped order has arrived. Its customer and the clients that watch it are told.</summary>
    /// <param name="input">Which order, and under which key.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Orders)]
    public Task<OrderPayload> OrderDeliverAsync(OrderDeliverInput input, CancellationToken cancel) =>
        FulfilAsync(input.IdempotencyKey, input.Order, input.Step, input.IfVersion, cancel);

    private async Task<OrderPayload> FulfilAsync(
        Guid idempotencyKey,
        OrderBy by,
        Fulfilment step,
        int? ifVersion,
        CancellationToken cancel
    )
    {
        if (
            by.Wanted(accessKey: null) is not { } wanted
            || await loaders.Get<OwnOrder>().Load(wanted).GetResultAsync(cancel) is not { } order
        )
        {
            return OrderPayload.Absent;
        }

        var request = new FulfilOrderRequest(
            idempotencyKey,
            order.Id,
            step,
            ifVersion,
            asker.Customer!.Value
        );
        return await fulfilOrder.RunAsync(request, cancel) switch
        {
            OrderChangeResult.Changed done => new([]) { OrderId = done.OrderId },
            OrderChangeResult.NotFound => OrderPayload.Absent,
            OrderChangeResult.VersionConflict conflict => OrderPayload.Refused(
                new VersionConflict(conflict.Version) { Field = ["ifVersion"] }
            ),
            OrderChangeResult.NotAllowedNow now => OrderPayload.Refused(NotNow(now.Status)),
            OrderChangeResult.KeyConflict => OrderPayload.Refused(new IdempotencyConflict()),
            var result => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    private static NotAllowedNow NotNow(OrderStatus status)
    {
        var next = OrderTransitions.After(status);
        return new(
            next.Count == 0
                ? $"An order that is {Word(status)} has come to its end."
                : $"An order that is {Word(status)} can only become {string.Join(" or ", next.Select(Word))}."
        );
    }

    private static string Word(OrderStatus status) => $"{status}".ToConstantCase();
}
