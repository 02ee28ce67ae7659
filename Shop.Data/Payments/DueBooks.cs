using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Shop.Data.Messages;

namespace Shop.Data.Payments;

/// <summary>Opens dues for a change. It locks the due, then its payments, then their refunds, each in the order of ids.</summary>
public sealed class DueBooks(
    Database<PaymentsDb> database,
    Receivers receivers,
    PaymentAnnouncements announcements,
    WritePositions positions,
    TimeProvider clock
)
{
    /// <summary>What is to be paid for an order; made where it is not there yet.</summary>
    /// <param name="order">The order.</param>
    /// <param name="amount">What it costs; counts where the due is made.</param>
    /// <param name="closesAt">Until when it can be paid; counts where the due is made.</param>
    /// <param name="first">Done before anything else in the transaction; the book is not opened where it says no.</param>
    /// <param name="cancel">Ends the wait for the locks.</param>
    /// <returns>Null where <paramref name="first"/> said no.</returns>
    internal async Task<DueBook?> OpenAsync(
        OrderId order,
        Money amount,
        DateTimeOffset closesAt,
        Func<NpgsqlConnection, DateTimeOffset, Task<bool>> first,
        CancellationToken cancel
    )
    {
        var (db, transaction, now) = await BeginAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        if (!await first(connection, now))
        {
            await transaction.DisposeAsync();
            await db.DisposeAsync();
            return null;
        }

        await connection.ExecuteAsync(
            $"""
            insert into payments.due
                (order_id, currency, amount_minor, paid_minor, refunded_minor, closes_at, version)
            values ({Sql.Value(order.Value)}, {Sql.Value(amount.Currency)}, {Sql.Value(amount.Minor)}, 0, 0,
                {Sql.Value(closesAt)}, 0)
            on conflict do nothing
            """,
            cancel
        );
        return await ReadAsync(db, transaction, order, now, cancel);
    }

    /// <summary>The due of a payment that is there.</summary>
    /// <param name="order">Whose.</param>
    /// <param name="cancel">Ends the wait for the locks.</param>
    internal async Task<DueBook> OpenAsync(OrderId order, CancellationToken cancel)
    {
        var (db, transaction, now) = await BeginAsync(cancel);
        return await ReadAsync(db, transaction, order, now, cancel);
    }

    private async Task<(PaymentsDb, IDbContextTransaction, DateTimeOffset)> BeginAsync(
        CancellationToken cancel
    )
    {
        var db = database.OpenPrimary();
        try
        {
            // By ourselves, so that it stays open after the commit: there are bells to ring.
            await db.Database.OpenConnectionAsync(cancel);
            return (db, await db.Database.BeginTransactionAsync(cancel), clock.GetUtcNow());
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private async Task<DueBook> ReadAsync(
        PaymentsDb db,
        IDbContextTransaction transaction,
        OrderId order,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        try
        {
            var id = order.Value;
            var due = await db
                .Dues.FromSql($"select * from payments.due where order_id = {id} for update")
                .AsTracking()
                .SingleAsync(cancel);
            var payments = await db
                .Payments.FromSql(
                    $"select * from payments.payment where order_id = {id} order by id for update"
                )
                .AsTracking()
                .ToListAsync(cancel);
            var ids = payments.ConvertAll(payment => payment.Id.Value).ToArray();
            var refunds = payments.Exists(payment => payment.Status.IsTaken())
                ? await db
                    .Refunds.FromSql(
                        $"select * from payments.refund where payment_id = any({ids}) order by id for update"
                    )
                    .AsTracking()
                    .ToListAsync(cancel)
                : [];
            return new(
                db,
                transaction,
                announcements,
                positions,
                new MessageRows(receivers, now),
                due,
                payments,
                refunds,
                now
            );
        }
        catch
        {
            await transaction.DisposeAsync();
            await db.DisposeAsync();
            throw;
        }
    }
}
