using Npgsql;

namespace Shop.Data.Orders;

/// <summary>Steps as they are written and read back, in whatever statement.</summary>
internal static class StepRows
{
    /// <summary>What to select of an order <c>o</c> and its event <c>step</c>.</summary>
    public const string Columns =
        "o.id, o.customer_id, step.from_status, step.to_status, step.sequence, step.at";

    /// <summary>
    /// Writes the events of the rows <c>step</c>: <c>order_id</c>, <c>version</c>, <c>from_status</c>, <c>to_status</c>,
    /// <c>actor</c> and <c>note</c>.
    /// </summary>
    /// <param name="at">The moment of all of them.</param>
    public static SqlText Insert(NpgsqlParameter at) =>
        Sql.Part(
            $"""
            insert into orders.order_event (order_id, sequence, at, from_status, to_status, actor, note)
            select order_id, version, {at}, from_status, to_status, actor, note from step
            """
        );

    /// <summary>The step of the current row.</summary>
    /// <param name="rows">A row of a statement with <see cref="Columns"/>.</param>
    /// <param name="first">Where in the row they begin.</param>
    /// <param name="cancel">Ends the read.</param>
    public static async Task<OrderStatusChanged> StepAsync(
        this NpgsqlDataReader rows,
        int first,
        CancellationToken cancel
    ) =>
        new(
            new(rows.GetInt64(first)),
            await rows.IsDBNullAsync(first + 2, cancel) ? null : (OrderStatus)rows.GetInt16(first + 2),
            (OrderStatus)rows.GetInt16(first + 3),
            rows.GetInt32(first + 4),
            await rows.GetFieldValueAsync<DateTimeOffset>(first + 5, cancel)
        )
        {
            Customer = await rows.IsDBNullAsync(first + 1, cancel)
                ? null
                : new CustomerId(rows.GetInt64(first + 1)),
        };
}
