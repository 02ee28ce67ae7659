using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.GraphQL.Engine.Filters;
using ProductRow = Shop.Data.Catalog.Product;

namespace Shop.GraphQL.Catalog;

/// <summary>One order of the list of products, with the keyset that its pages start from.</summary>
internal abstract class ProductSort
{
    private ProductSort() { }

    /// <summary>Newest first, where nothing is asked for.</summary>
    public static ProductSort Of(ProductOrder? order)
    {
        var isDescending = order is null or { Direction: SortDirection.Desc };
        return (order?.Field ?? ProductOrderField.CreatedAt) switch
        {
            ProductOrderField.Title => new By<string>(
                row => row.Title,
                product => product.Title,
                text => text,
                isDescending
            ),
            ProductOrderField.Price => new By<long>(
                row => row.PriceFromMinor,
                product => product.PriceFromMinor.ToString(CultureInfo.InvariantCulture),
                Number,
                isDescending
            ),
            ProductOrderField.UpdatedAt => new By<DateTimeOffset>(
                row => row.UpdatedAt,
                product => Ticks(product.UpdatedAt),
                Moment,
                isDescending
            ),
            ProductOrderField.CreatedAt => new By<DateTimeOffset>(
                row => row.CreatedAt,
                product => Ticks(product.CreatedAt),
                Moment,
                isDescending
            ),
            var field => throw new ArgumentOutOfRangeException(nameof(order), field, message: null),
        };
    }

    /// <summary>The rows of a page and one more, nearest to the cursor first.</summary>
    public abstract IQueryable<ProductRow> Cut(IQueryable<ProductRow> rows, Page page);

    /// <summary>The place of a product in this order.</summary>
    public abstract string CursorOf(Product product);

    private static long Number(string text) =>
        long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => new(Number(text), TimeSpan.Zero);

    private static string Ticks(DateTimeOffset at) => at.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private sealed class By<TKey>(
        Expression<Func<ProductRow, TKey>> key,
        Func<Product, string> write,
        Func<string, TKey> read,
        bool isDescending
    ) : ProductSort
    {
        public override IQueryable<ProductRow> Cut(IQueryable<ProductRow> rows, Page page)
        {
            var falls = isDescending != page.IsBackward;
            if (page.Cursor is { } cursor)
            {
                var (value, id) = Place(cursor);
                rows = rows.Where(Beyond(value, id, falls));
            }

            var sorted = falls
                ? rows.OrderByDescending(key).ThenByDescending(row => row.Id)
                : rows.OrderBy(key).ThenBy(row => row.Id);
            return sorted.Take(page.Take);
        }

        public override string CursorOf(Product product) => Cursor.Of(write(product), $"{product.Id.Value}");

        private (TKey Value, ProductId Id) Place(string cursor)
        {
            var parts = Cursor.Read(cursor, 2);
            try
            {
                return (read(parts[0]), new ProductId(Number(parts[1])));
            }
            catch (Exception fault)
                when (fault is FormatException or OverflowException or ArgumentOutOfRangeException)
            {
                throw Cursor.Invalid(cursor);
            }
        }

        // (key, id) > (value, id) as one comparison of rows: what the index of this order is walked by.
        private Expression<Func<ProductRow, bool>> Beyond(TKey value, ProductId id, bool falls)
        {
            Expression<Func<TKey, ProductId, bool>> compare = falls
                ? (rowKey, rowId) =>
                    EF.Functions.LessThan(ValueTuple.Create(rowKey, rowId), ValueTuple.Create(value, id))
                : (rowKey, rowId) =>
                    EF.Functions.GreaterThan(ValueTuple.Create(rowKey, rowId), ValueTuple.Create(value, id));
            var row = key.Parameters[0];
            var body = Swap.In(compare.Body, compare.Parameters[0], key.Body);
            body = Swap.In(body, compare.Parameters[1], Expression.Property(row, nameof(ProductRow.Id)));
            return Expression.Lambda<Func<ProductRow, bool>>(body, row);
        }
    }
}
