using System.Linq.Expressions;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.GraphQL.Schema;
using Condition = System.Linq.Expressions.Expression<System.Func<Shop.Data.Catalog.Product, bool>>;
using ProductRow = Shop.Data.Catalog.Product;

namespace Shop.GraphQL.Catalog;

/// <summary>Turns the filter of a client into one condition of one statement. Values travel as parameters.</summary>
internal sealed class ProductConditions
{
    private const int MaxDepth = 4;
    private const int MaxConditions = 50;

    private readonly CatalogDb _db;
    private int _count;

    private ProductConditions(CatalogDb db) => _db = db;

    /// <exception cref="ExecutionError">The filter is nested too deeply, or has too many conditions.</exception>
    public static IQueryable<ProductRow> Apply(
        CatalogDb db,
        IQueryable<ProductRow> rows,
        ProductWhere? where
    ) => where is null ? rows : rows.Where(new ProductConditions(db).All(where, depth: 1));

    private Condition All(ProductWhere where, int depth)
    {
        Refuse(depth > MaxDepth, $"`where` may be nested {MaxDepth} levels deep.");
        List<Condition> parts = [.. Own(where)];
        _count += parts.Count;
        Refuse(_count > MaxConditions, $"`where` may have {MaxConditions} conditions.");
        if (where.And is { Count: > 0 } and)
        {
            parts.AddRange(and.Select(part => All(part, depth + 1)));
        }

        if (where.Or is { } or)
        {
            parts.Add(or.Select(part => All(part, depth + 1)).Aggregate((Condition)(_ => false), Either));
        }

        if (where.Not is { } not)
        {
            var condition = All(not, depth + 1);
            parts.Add(
                Expression.Lambda<Func<ProductRow, bool>>(
                    Expression.Not(condition.Body),
                    condition.Parameters
                )
            );
        }

        return parts.Aggregate((Condition)(_ => true), Both);
    }

    private IEnumerable<Condition> Own(ProductWhere where) =>
        Ids(where.Id)
            .Concat(Texts(where.Slug, one => row => row.Slug == one, many => row => many.Contains(row.Slug)))
            .Concat(Categories(where.Category))
            .Concat(
                Texts(where.Brand, one => row => row.Brand == one, many => row => many.Contains(row.Brand!))
            )
            .Concat(
                Texts(
                    where.Tag,
                    one => row => row.Tags.Contains(one),
                    many => row => row.Tags.Any(tag => many.Contains(tag))
                )
            )
            .Concat(Statuses(where.Status))
            .Concat(Prices(where.Price))
            .Concat(
                Times(where.CreatedAt, from => row => row.CreatedAt >= from, to => row => row.CreatedAt <= to)
            )
            .Concat(
                Times(where.UpdatedAt, from => row => row.UpdatedAt >= from, to => row => row.UpdatedAt <= to)
            );

    private static IEnumerable<Condition> Ids(ProductIdFilter? filter)
    {
        if (filter?.Eq is { } one)
        {
            yield return row => row.Id == one;
        }

        if (filter?.In is { } many)
        {
            yield return row => many.Contains(row.Id);
        }
    }

    private static IEnumerable<Condition> Statuses(ProductStatusFilter? filter)
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

    private IEnumerable<Condition> Categories(CategoryIdFilter? filter)
    {
        if (filter?.Eq is { } one)
        {
            yield return Below([one]);
        }

        if (filter?.In is { } many)
        {
            yield return Below(many);
        }
    }

    private Condition Below(IReadOnlyList<CategoryId> categories)
    {
        var ids = categories.Select(id => id.Value).ToArray();
        return row =>
            _db.Categories.Any(shelf => shelf.Id == row.CategoryId && shelf.Path.Any(id => ids.Contains(id)));
    }

    private static IEnumerable<Condition> Texts(
        TextFilter? filter,
        Func<string, Condition> equals,
        Func<IReadOnlyList<string>, Condition> isOneOf
    )
    {
        if (filter?.Eq is { } one)
        {
            yield return equals(one);
        }

        if (filter?.In is { } many)
        {
            yield return isOneOf(many);
        }
    }

    private IEnumerable<Condition> Prices(PriceFilter? filter)
    {
        if (filter is null)
        {
            yield break;
        }

        // Between two minor units there is no price: round towards the inside.
        var unit = Currencies.MinorUnit(filter.CurrencyCode);
        var from = Minor(decimal.Ceiling((filter.Gte ?? 0) / unit));
        var to = filter.Lte is { } most ? Minor(decimal.Floor(most / unit)) : long.MaxValue;
        yield return row =>
            _db.Variants.Any(variant =>
                variant.ProductId == row.Id
                && variant.Currency == filter.CurrencyCode
                && variant.PriceMinor >= from
                && variant.PriceMinor <= to
                && variant.RetiredAt == null
            );
    }

    private static IEnumerable<Condition> Times(
        DateTimeFilter? filter,
        Func<DateTimeOffset, Condition> from,
        Func<DateTimeOffset, Condition> to
    )
    {
        if (filter?.Gte is { } earliest)
        {
            yield return from(earliest);
        }

        if (filter?.Lte is { } latest)
        {
            yield return to(latest);
        }
    }

    private static long Minor(decimal units) => (long)Math.Clamp(units, long.MinValue, long.MaxValue);

    private static Condition Both(Condition left, Condition right) =>
        Expression.Lambda<Func<ProductRow, bool>>(
            Expression.AndAlso(left.Body, Swap.In(right.Body, right.Parameters[0], left.Parameters[0])),
            left.Parameters
        );

    private static Condition Either(Condition left, Condition right) =>
        Expression.Lambda<Func<ProductRow, bool>>(
            Expression.OrElse(left.Body, Swap.In(right.Body, right.Parameters[0], left.Parameters[0])),
            left.Parameters
        );

    private static void Refuse(bool tooMuch, string limit)
    {
        if (tooMuch)
        {
            throw new ExecutionError(limit) { Code = ErrorCode.LimitExceeded };
        }
    }
}
