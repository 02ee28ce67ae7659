using System.Diagnostics.CodeAnalysis;
using Shop.Data.Orders;
using Shop.GraphQL.Engine.Filters;
using Condition = System.Linq.Expressions.Expression<System.Func<Shop.Data.Orders.Order, bool>>;
using OrderRow = Shop.Data.Orders.Order;

namespace Shop.GraphQL.Orders;

/// <summary>What staff's filters and searches ask of the rows of orders; each is served by an index (decision 0030).</summary>
internal sealed class OrderConditions
{
    // Fewer letters are the beginning of half of the addresses.
    private const int MinEmailLetters = 3;

    private readonly OrdersDb _db;

    private OrderConditions(OrdersDb db) => _db = db;

    /// <exception cref="ExecutionError">The filter is nested too deeply, or has too many conditions.</exception>
    public static IQueryable<OrderRow> Apply(
        OrdersDb db,
        IQueryable<OrderRow> rows,
        OrderWhere? where,
        string? search
    )
    {
        var filtered = new ConditionTree<OrderWhere, OrderRow>(
            new OrderConditions(db).Own,
            part => new(part.And, part.Or, part.Not)
        ).Apply(rows, where);
        return string.IsNullOrWhiteSpace(search) ? filtered : Search(db, filtered, search.Trim());
    }

    // Each way of being found is a list of ids by an index of its own; an OR over all of them could use none.
    private static IQueryable<OrderRow> Search(OrdersDb db, IQueryable<OrderRow> rows, string text)
    {
        var found = db.Lines.Where(line => line.Sku == text).Select(line => line.OrderId);
        if (OrderNumber.TryParse(text, out var number))
        {
            found = found.Union(db.Orders.Where(row => row.Number == number).Select(row => row.Id));
        }

        if (text.Length >= MinEmailLetters)
        {
            var start = Folded(text);
            found = found.Union(
                db.Orders.Where(row => OrdersDb.Lower(row.Email).StartsWith(start)).Select(row => row.Id)
            );
        }

        return rows.Where(row => found.Contains(row.Id));
    }

    private IEnumerable<Condition> Own(OrderWhere where) =>
        Statuses(where.Status)
            .Concat(
                DateTimeFilter.Conditions<OrderRow>(
                    where.PlacedAt,
                    from => row => row.PlacedAt >= from,
                    to => row => row.PlacedAt <= to
                )
            )
            .Concat(Customers(where.Customer))
            .Concat(TextFilter.Conditions(where.Email, one => Emails([one]), Emails))
            .Concat(Skus(where.Sku))
            .Concat(TextFilter.Conditions(where.Number, one => Numbers([one]), Numbers));

    private static IEnumerable<Condition> Statuses(OrderStatusFilter? filter)
    {
        if (filter?.Eq is { } one)
        {
            yield return row => row.Status == one;
        }

        if (filter?.In is { } many)
        {
            yield return row => many.Contains(row.Status);
        }
    }

    private static IEnumerable<Condition> Customers(CustomerIdFilter? filter)
    {
        if (filter?.Eq is { } one)
        {
            yield return row => row.CustomerId == one;
        }

        if (filter?.In is { } many)
        {
            yield return row => row.CustomerId != null && many.Contains(row.CustomerId.Value);
        }
    }

    private static Condition Emails(IReadOnlyList<string> texts)
    {
        var emails = texts.Select(Folded).ToArray();
        return row => emails.Contains(OrdersDb.Lower(row.Email));
    }

    private IEnumerable<Condition> Skus(SkuFilter? filter)
    {
        if (filter?.Eq is { } one)
        {
            yield return row => _db.Lines.Any(line => line.OrderId == row.Id && line.Sku == one);
        }
    }

    // What is no number names no order.
    private static Condition Numbers(IReadOnlyList<string> texts)
    {
        var numbers = texts
            .Select(text => OrderNumber.TryParse(text, out var number) ? number : (OrderNumber?)null)
            .OfType<OrderNumber>()
            .ToArray();
        return row => numbers.Contains(row.Number);
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "As the index has them.")]
    private static string Folded(string text) => text.ToLowerInvariant();
}
