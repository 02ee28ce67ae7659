using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>
/// Calls off the orders whose payment is overdue and sends the messages that give their stock back: thousands in
/// three statements. An order that is being paid at this moment is locked, so it is left alone; its status decides next time.
/// One that can't be called off holds up no other.
/// </summary>
public sealed class CancelUnpaidOrders(
    Database<OrdersDb> database,
    Receivers receivers,
    OrderAnnouncements announcements,
    IOptions<OrderOptions> options,
    TimeProvider clock,
    ILogger<CancelUnpaidOrders> log
)
{
    /// <summary>Orders that one run cancels at most; some 100 ms of work.</summary>
    public const int BatchSize = 2000;

    /// <returns>How many orders were cancelled; zero where none is due.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var cancelled = 0;
        if (await DueAsync(cancel) is { Count: > 0 } due)
        {
            await BatchWork.RunAsync(
                due,
                async part => cancelled += await CancelAsync(part, cancel),
                (guilty, fault) => log.NotCalledOff(guilty, fault),
                cancel
            );
        }

        return cancelled;
    }

    private Task<List<long>> DueAsync(CancellationToken cancel) =>
        database.Primary.ListAsync(
            $"""
            select id from orders."order"
            where status = {(short)OrderStatus.AwaitingPayment}
              and payment_due_at <= {Sql.Value(clock.GetUtcNow() - options.Value.PaymentGrace)}
            order by payment_due_at limit {BatchSize}
            """,
            row => row.GetInt64(0),
            cancel
        );

    private async Task<int> CancelAsync(IReadOnlyList<long> due, CancellationToken cancel)
    {
        var steps = new OrderSteps(receivers, clock.GetUtcNow());
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var order in await LockAsync(connection, due, cancel))
        {
            steps.Take(order, OrderStatus.Cancelled, OrderActors.Clock, "not paid in time");
            steps.Messages.Add(new RestockRequested(order.Id), order.TraceParent);
        }

        if (steps.Taken.Count > 0)
        {
            await connection.ExecuteAsync([steps.Write()], cancel);
            await transaction.CommitAsync(cancel);
            StopPoint.Reach("unpaid orders cancelled, bell not rung");
            await connection.ExecuteAsync(Sql.Raw(MessageSql.Notify("orders")), cancel);
            await announcements.PublishAsync(steps.Taken);
        }

        return steps.Taken.Count;
    }

    private static Task<List<LockedOrder>> LockAsync(
        NpgsqlConnection connection,
        IReadOnlyList<long> due,
        CancellationToken cancel
    )
    {
        // While rows are read, that of the statement is the current one.
        var trace = Activity.Current?.Id;
        return connection.ListAsync(
            $"""
            select id, version, customer_id, uses is not null from orders."order"
            where id = any({Sql.Value(due.ToArray())}) and status = {(short)OrderStatus.AwaitingPayment}
            order by id for update skip locked
            """,
            row => new LockedOrder(
                new(row.GetInt64(0)),
                OrderStatus.AwaitingPayment,
                row.GetInt32(1),
                row.Customer(2)
            )
            {
                HasUses = row.GetBoolean(3),
                TraceParent = trace,
            },
            cancel
        );
    }
}
