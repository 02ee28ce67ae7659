using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Storage.Faults;

namespace Shop.Data.Catalog.Edit;

/// <summary>What the verbs of staff share.</summary>
internal static class Edits
{
    /// <summary>A product as it is stored, locked to the end of the transaction: saves of one product take turns.</summary>
    public static async Task<Product?> LockProductAsync(
        CatalogDb db,
        ProductId id,
        CancellationToken cancel
    ) =>
        (
            await db
                .Products.FromSql($"select * from catalog.product where id = {id.Value} for update")
                .ToListAsync(cancel)
        ).SingleOrDefault();

    /// <summary>Whether the same again may end otherwise: another call was a moment faster.</summary>
    public static bool MayPassByItself(DbUpdateException fault) =>
        Clash.Is(fault)
        || fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>What the audit trail keeps of a product.</summary>
    public static object Told(Product product) =>
        new
        {
            product.Code,
            product.Slug,
            product.Title,
            product.Description,
            Status = Told(product.Status),
            product.Brand,
            product.TaxClass,
            product.CategoryId,
            product.Tags,
            product.Media,
            product.Options,
            product.Version,
        };

    /// <summary>What the audit trail keeps of a variant.</summary>
    public static object Told(ProductVariant variant) =>
        new
        {
            variant.Sku,
            variant.Title,
            variant.SelectedOptions,
            Price = Told(variant.Price),
            CompareAtPrice = variant.CompareAtPrice is { } before ? Told(before) : null,
            variant.WeightGrams,
            variant.RequiresShipping,
            variant.Position,
            variant.RetiredAt,
        };

    /// <summary>In the words of the schema.</summary>
    public static string Told(ProductStatus status) => status.ToString().ToUpperInvariant();

    private static string Told(Money money) => $"{money.Amount} {money.Currency}";
}
