using System.Diagnostics;
using Npgsql;
using Shop.Data.Orders.Keys;
using Shop.Data.Pricing.Taxes.Asking;

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

    /// <summary>Whether it takes a use of a promotion with limits.</summary>
    public bool HasUses { get; init; }

    /// <summary>Its number; only known of one that facts are told of.</summary>
    public OrderNumber Number { get; init; }

    /// <summary>What the service that reckons taxes is told of it; null where there is none. Only known of one that facts are told of.</summary>
    public TaxDocument? TaxDocument { get; init; }

    /// <summary>Whether it costs nothing.</summary>
    public bool IsFree { get; init; }

    /// <summary>W3C trace context of what moves it; null where none is traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was placed; only known of one that facts are told of.</summary>
    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>Locks one order on behalf of a caller.</summary>
    /// <returns>Null where it does not exist, or is not theirs.</returns>
    public static Task<LockedOrder?> FindAsync(
        NpgsqlConnection connection,
        OrderId id,
        OrderAccess access,
        CancellationToken cancel
    )
    {
        // While the row is read, that of the statement is the current one.
        var trace = Activity.Current?.Id;
        return connection.FindAsync(
            $"""
            select status, version, customer_id, own, uses is not null
            from orders."order" o,
                lateral (
                    select coalesce(o.customer_id = {Sql.Value(access.Customer?.Value)}, false)
                        or o.access_key_hash = {Sql.Value(access.AccessKey.Hash)} as own) proof
            where id = {Sql.Value(id.Value)} and (own or {Sql.Value(access.IsStaff)})
            for update of o
            """,
            row => new LockedOrder(id, (OrderStatus)row.GetInt16(0), row.GetInt32(1), row.Customer(2))
            {
                IsOwn = row.GetBoolean(3),
                HasUses = row.GetBoolean(4),
                TraceParent = trace,
            },
            cancel
        );
    }
}
