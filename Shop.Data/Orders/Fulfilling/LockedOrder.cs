using Npgsql;
using Shop.Data.Orders.Keys;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>An order whose row this transaction has locked.</summary>
/// <param name="Id">Which.</param>
/// <param name="Status">Where it stands, and will until the transaction ends.</param>
/// <param name="Version">Its version.</param>
/// <param name="Customer">Whose it is; null for a guest's.</param>
internal sealed record LockedOrder(OrderId Id, OrderStatus Status, int Version, CustomerId? Customer)
{
    /// <summary>Whether it was opened as the shopper's own; false where only staff could.</summary>
    public bool IsOwn { get; private init; }

    /// <summary>Locks one order on behalf of a caller.</summary>
    /// <returns>Null where it does not exist, or is not theirs.</returns>
    public static async Task<LockedOrder?> FindAsync(
        NpgsqlConnection connection,
        OrderId id,
        OrderAccess access,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select status, version, customer_id, own
            from orders."order" o,
                lateral (select coalesce(o.customer_id = $2, false) or o.access_key_hash = $3 as own) proof
            where id = $1 and (own or $4)
            for update of o
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(id.Value));
        command.Parameters.Add(Sql.Value(access.Customer?.Value));
        command.Parameters.Add(Sql.Value(access.AccessKey.Hash));
        command.Parameters.Add(Sql.Value(access.IsStaff));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? new(
                id,
                (OrderStatus)rows.GetInt16(0),
                rows.GetInt32(1),
                await rows.IsDBNullAsync(2, cancel) ? null : new CustomerId(rows.GetInt64(2))
            )
            {
                IsOwn = rows.GetBoolean(3),
            }
            : null;
    }
}
