using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Storage;

namespace Shop.Data.Orders;

/// <summary>A shopper's wish to call an order off.</summary>
/// <param name="IdempotencyKey">Chosen by the client; a repeated call changes nothing.</param>
/// <param name="Order">Which order.</param>
/// <param name="AccessKey">Proves that it is theirs.</param>
/// <param name="Reason">Kept in the order's story; null where they gave none. At most 500 characters.</param>
public sealed record CancelOrderRequest(
    Guid IdempotencyKey,
    OrderId Order,
    AccessKey AccessKey,
    string? Reason
);

/// <summary>Every way a cancellation can end that a client can do something about.</summary>
public abstract record CancelOrderResult
{
    private CancelOrderResult() { }

    /// <summary>The order is cancelled, now or by an earlier call with this key.</summary>
    public sealed record Cancelled(OrderId OrderId) : CancelOrderResult;

    /// <summary>There is no such order, or it is somebody else's.</summary>
    public sealed record NotFound : CancelOrderResult;

    /// <summary>An order in this status can no longer be cancelled.</summary>
    public sealed record NotAllowedNow(OrderStatus Status) : CancelOrderResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : CancelOrderResult;
}

/// <summary>Calls an order off and sends the message that gives its stock back.</summary>
public sealed class CancelOrder(
    Database<OrdersDb> database,
    OrderAnnouncements announcements,
    WritePositions positions,
    TimeProvider clock
)
{
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<CancelOrderResult> RunAsync(CancelOrderRequest request, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var steps = new OrderSteps(clock.GetUtcNow());
        if (!await UseKeyAsync(connection, request, cancel))
        {
            await transaction.RollbackAsync(cancel);
            return await ReplayAsync(request, cancel);
        }

        if (await LockAsync(connection, request, cancel) is not { } order)
        {
            return new CancelOrderResult.NotFound();
        }

        if (!OrderTransitions.Allow(order.Status, OrderStatus.Cancelled))
        {
            return new CancelOrderResult.NotAllowedNow(order.Status);
        }

        steps.Take(order, OrderStatus.Cancelled, actor: "customer", request.Reason);
        // Also for an order still pending: the deduction under way is delivered first, as both carry the order's key.
        steps.Messages.Add(new RestockRequested(order.Id), Activity.Current?.Id);
        await steps.WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);

        StopPoint.Reach("cancellation committed, bell not rung");
        await connection.ExecuteAsync(MessageSql.Notify("orders"), cancel);
        await positions.MarkAsync([request.AccessKey.Subject], await connection.PositionAsync(cancel));
        await announcements.PublishAsync(steps.Taken);
        return new CancelOrderResult.Cancelled(order.Id);
    }

    private async Task<bool> UseKeyAsync(
        NpgsqlConnection connection,
        CancelOrderRequest request,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into orders.idempotency_key (key, fingerprint, order_id, created_at)
            values ($1, $2, $3, $4) on conflict do nothing
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(request.IdempotencyKey));
        command.Parameters.Add(Sql.Value(FingerprintOf(request)));
        command.Parameters.Add(Sql.Value(request.Order.Value));
        command.Parameters.Add(Sql.Value(clock.GetUtcNow()));
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    private async Task<CancelOrderResult> ReplayAsync(CancelOrderRequest request, CancellationToken cancel)
    {
        var uses = await new UsedKeys(database).FindAsync([request.IdempotencyKey], [], cancel);
        return
            uses.Matching(request.IdempotencyKey, FingerprintOf(request))
                is { IsSameInput: true, Use: var use }
            ? new CancelOrderResult.Cancelled(use.OrderId)
            : new CancelOrderResult.KeyConflict();
    }

    private static async Task<LockedOrder?> LockAsync(
        NpgsqlConnection connection,
        CancelOrderRequest request,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select status, version from orders."order"
            where id = $1 and access_key_hash = $2 for update
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(request.Order.Value));
        command.Parameters.Add(Sql.Value(request.AccessKey.Hash));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? new(request.Order, (OrderStatus)rows.GetInt16(0), rows.GetInt32(1))
            : null;
    }

    private static byte[] FingerprintOf(CancelOrderRequest request) =>
        Fingerprint.Of(
            "cancel",
            request.Order.Value.ToString(CultureInfo.InvariantCulture),
            request.AccessKey.Text,
            request.Reason
        );
}
