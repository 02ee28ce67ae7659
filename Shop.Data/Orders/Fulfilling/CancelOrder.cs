using System.Diagnostics;
using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;
using Shop.Data.Orders.Keys;
using Shop.Data.Payments.Messages;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>The wish of a customer or of staff to call an order off.</summary>
/// <param name="IdempotencyKey">Chosen by the client; a repeated call changes nothing.</param>
/// <param name="Order">Which order.</param>
/// <param name="Access">On what grounds: a caller who may open it only as staff does so in the name of the shop.</param>
/// <param name="Reason">Kept in the order's story; null where they gave none. At most 500 characters.</param>
public sealed record CancelOrderRequest(
    Guid IdempotencyKey,
    OrderId Order,
    OrderAccess Access,
    string? Reason
);

/// <summary>Calls an order off and sends the messages that give its stock back and let nobody pay it any more.</summary>
public sealed class CancelOrder(Database<OrdersDb> database, OrderChange change)
{
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<OrderChangeResult> RunAsync(CancelOrderRequest request, CancellationToken cancel)
    {
        var (order, access, reason) = (request.Order, request.Access, request.Reason);
        var deed = new OrderDeed(order, access, OrderStatus.Cancelled, "orderCancel", reason);
        // Who asks is part of the call: to another caller, the same key says nothing.
        var call = IdempotentCall.Of(
            request.IdempotencyKey,
            new
            {
                deed.Action,
                order,
                access.Customer,
                access.AccessKey.Text,
                reason,
            },
            "orders"
        );
        var result = await change.RunAsync(
            call,
            deed,
            steps =>
            {
                // Also for an order still pending: the deduction under way is delivered first, as both carry the order's key.
                steps.Messages.Add(new RestockRequested(order), Activity.Current?.Id);
                steps.Messages.Add(new DueCloseRequested(order), Activity.Current?.Id);
                return [steps.Write()];
            },
            cancel
        );
        if (result is OrderChangeResult.Changed)
        {
            StopPoint.Reach("cancellation committed, bell not rung");
            await database.Primary.ExecuteAsync(Sql.Raw(MessageSql.Notify("orders")), cancel);
        }

        return result;
    }
}
