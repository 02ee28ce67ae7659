using Shop.Data.Catalog;
using Shop.Data.Storage;

namespace Shop.GraphQL.Catalog;

/// <summary>What tells SKUs from others, whatever has become of their products.</summary>
internal sealed class TraitsByVariant(Reads<CatalogDb> reads)
    : RowLoader<CatalogDb, VariantId, VariantTraits>(reads, traits => traits.Id)
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override IQueryable<VariantTraits> Rows(CatalogDb db, IReadOnlyList<VariantId> keys) =>
        from variant in db.Variants
        join product in db.Products on variant.ProductId equals product.Id
        join category in db.Categories on product.CategoryId equals category.Id into categories
        from category in categories.DefaultIfEmpty()
        where keys.Contains(variant.Id)
        select new VariantTraits(
            variant.Id,
            product.Id,
            category == null
                ? Array.Empty<CategoryId>()
                : category.Path.Select(id => new CategoryId(id)).ToArray(),
            product.Tags,
            product.Brand,
            product.TaxClass,
            variant.WeightGrams,
            variant.RequiresShipping
        );
}
