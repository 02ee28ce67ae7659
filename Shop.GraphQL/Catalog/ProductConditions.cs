using Shop.Data.Catalog;
using Shop.GraphQL.Engine.Filters;
using Condition = System.Linq.Expressions.Expression<System.Func<Shop.Data.Catalog.Product, bool>>;
using ProductRow = Shop.Data.Catalog.Product;

namespace Shop.GraphQL.Catalog;

/// <summary>What the filters of products ask of their rows.</summary>
internal sealed class ProductConditions
{
    private readonly CatalogDb _db;

    private ProductConditions(CatalogDb db) => _db = db;

    /// <exception cref="ExecutionError">The filter is nested too deeply, or has too many conditions.</exception>
    public static IQueryable<ProductRow> Apply(
        CatalogDb db,
        IQueryable<ProductRow> rows,
        ProductWhere? where
    ) =>
        new ConditionTree<ProductWhere, ProductRow>(
            new ProductConditions(db).Own,
            part => new(part.And, part.Or, part.Not)
        ).Apply(rows, where);

    private IEnumerable<Condition> Own(ProductWhere where) =>
        Ids(where.Id)
            .Concat(
                TextFilter.Conditions<ProductRow>(
                    where.Slug,
                    one => row => row.Slug == one,
                    many => row => many.Contains(row.Slug)
                )
            )
            .Concat(Categories(where.Category))
            .Concat(
                TextFilter.Conditions<ProductRow>(
                    where.Brand,
                    one => row => row.Brand == one,
                    many => row => many.Contains(row.Brand!)
                )
            )
            .Concat(
                TextFilter.Conditions<ProductRow>(
                    where.Tag,
                    one => row => row.Tags.Contains(one),
                    many => row => row.Tags.Any(tag => many.Contains(tag))
                )
            )
            .Concat(Statuses(where.Status))
            .Concat(Prices(where.Price))
            .Concat(
                DateTimeFilter.Conditions<ProductRow>(
                    where.CreatedAt,
                    from => row => row.CreatedAt >= from,
                    to => row => row.CreatedAt <= to
                )
            )
            .Concat(
                DateTimeFilter.Conditions<ProductRow>(
                    where.UpdatedAt,
                    from => row => row.UpdatedAt >= from,
                    to => row => row.UpdatedAt <= to
                )
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
            _db.Categories.Any(category =>
                category.Id == row.CategoryId && category.Path.Any(id => ids.Contains(id))
            );
    }

    private IEnumerable<Condition> Prices(PriceFilter? filter)
    {
        if (filter is null)
        {
            yield break;
        }

        var (from, to) = filter.MinorRange();
        yield return row =>
            _db.Variants.Any(variant =>
                variant.ProductId == row.Id
                && variant.Currency == filter.CurrencyCode
                && variant.PriceMinor >= from
                && variant.PriceMinor <= to
                && variant.RetiredAt == null
            );
    }
}
