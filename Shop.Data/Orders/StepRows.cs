using Npgsql;
using Shop.Data.Messages;

namespace Shop.Data.Orders;

/// <summary>Steps as they are written and read back, in whatever statement.</summary>
internal static class StepRows
{
    /// <summary>What to select of an order <c>o</c> and its event <c>step</c>.</summary>
    public static SqlText Columns { get; } =
        Sql.Part($"o.id, o.customer_id, step.from_status, step.to_status, step.sequence, step.at");

    /// <summary>
    /// Writes the events of the rows <c>step</c>: <c>order_id</c>, <c>version</c>, <c>from_status</c>, <c>to_status</c>,
    /// <c>actor</c>, <c>note</c> and <c>traceparent</c>.
    /// </summary>
    /// <param name="at">The moment of all of them.</param>
    /// <param name="receivers">Whether others outside hear of them.</param>
    public static SqlText Insert(NpgsqlParameter at, Receivers receivers) =>
        Sql.Part(
            $"""
            insert into orders.order_event (order_id, sequence, at, from_status, to_status, actor, note, traceparent, tx)
            select order_id, version, {at}, from_status, to_status, actor, note, traceparent, {receivers.Transaction}
            from step
            """
        );

    /// <summary>The step of the current row.</summary>
    /// <param name="row">Of a statement with <see cref="Columns"/>.</param>
    /// <param name="first">Where in the row they begin.</param>
    public static OrderStatusChanged Step(this NpgsqlDataReader row, int first) =>
        new(
            new(row.GetInt64(first)),
            (OrderStatus?)row.GetFieldValue<short?>(first + 2),
            (OrderStatus)row.GetInt16(first + 3),
            row.GetInt32(first + 4),
            row.GetFieldValue<DateTimeOffset>(first + 5)
        )
        {
            Customer = row.Customer(first + 1),
        };

    /// <summary>Whose an order is; null for a guest's.</summary>
    public static CustomerId? Customer(this NpgsqlDataReader row, int column) =>
        row.GetFieldValue<long?>(column) is { } id ? new(id) : null;
}
