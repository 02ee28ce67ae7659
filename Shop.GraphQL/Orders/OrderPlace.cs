using System.Globalization;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Paging;

namespace Shop.GraphQL.Orders;

/// <summary>The place of an order in a list by time: its id, which sorts by it.</summary>
internal static class OrderPlace
{
    /// <summary>The cursor of an order.</summary>
    public static string Of(Order order) => Cursor.Of($"{order.Id.Value}");

    /// <summary>Reads it; null where there is none.</summary>
    /// <exception cref="global::GraphQL.ExecutionError">It is no cursor of such a list.</exception>
    public static OrderId? Read(string? cursor) =>
        cursor is null ? null
        : long.TryParse(
            Cursor.Read(cursor, 1)[0],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var id
        )
            ? new OrderId(id)
        : throw Cursor.Invalid(cursor);
}
