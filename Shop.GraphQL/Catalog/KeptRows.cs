using System.Globalization;
using Shop.Data.Cache;
using Shop.Data.Catalog;

namespace Shop.GraphQL.Catalog;

/// <summary>
/// As what rows of the catalogue are kept between requests. What a SKU costs depends on its product and on all price lists; a
/// category on where others stand.
/// </summary>
internal static class KeptRows
{
    // Categories change less than goods.
    private const int Longer = 3;

    public static EntityKind<ProductId, Product> Products { get; } =
        new("product", id => Text(id.Value), (id, _) => Floors.Of(id))
        {
            KnownAs = CatalogKeys.Products,
            MadeAt = id => NewId.MadeAt(id.Value),
        };

    public static EntityKind<string, Product> ProductsBySlug { get; } =
        new("slug", slug => slug, (_, product) => Floors.Of(product.Id)) { KnownAs = CatalogKeys.Slugs };

    public static EntityKind<VariantId, ProductVariant> Variants { get; } =
        new("variant", id => Text(id.Value), (_, variant) => Floors.Of(variant.ProductId), Floors.PriceLists)
        {
            KnownAs = CatalogKeys.Variants,
            MadeAt = id => NewId.MadeAt(id.Value),
        };

    public static EntityKind<string, ProductVariant> VariantsBySku { get; } =
        new("sku", sku => sku, (_, variant) => Floors.Of(variant.ProductId), Floors.PriceLists)
        {
            KnownAs = CatalogKeys.Skus,
        };

    public static EntityKind<ProductId, IReadOnlyList<ProductVariant>> VariantsOfProduct { get; } =
        new("variants", id => Text(id.Value), (id, _) => Floors.Of(id), Floors.PriceLists);

    public static EntityKind<CategoryId, Category> Categories { get; } =
        new("category", id => Text(id.Value), (_, _) => Floors.Tree, Times: Longer)
        {
            KnownAs = CatalogKeys.Categories,
            MadeAt = id => NewId.MadeAt(id.Value),
        };

    public static EntityKind<string, Category> CategoriesBySlug { get; } =
        new("category-slug", slug => slug, (_, _) => Floors.Tree, Times: Longer)
        {
            KnownAs = CatalogKeys.CategorySlugs,
        };

    public static EntityKind<CategoryId, IReadOnlyList<Category>> CategoriesBelow { get; } =
        new("children", id => Text(id.Value), (_, _) => Floors.Tree, Times: Longer);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
