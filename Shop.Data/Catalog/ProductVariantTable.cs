using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Catalog;

internal sealed class ProductVariantTable : IEntityTypeConfiguration<ProductVariant>
{
    public void Configure(EntityTypeBuilder<ProductVariant> table)
    {
        table.ToTable(
            "product_variant",
            t =>
            {
                t.HasCheckConstraint("ck_product_variant_price", "price_minor > 0");
                t.HasCheckConstraint("ck_product_variant_compare_at", "compare_at_minor > price_minor");
                t.HasCheckConstraint("ck_product_variant_weight", "weight_grams >= 0");
            }
        );
        table.Property(variant => variant.Sku).HasMaxLength(64);
        table.Property(variant => variant.Title).HasMaxLength(200);
        table.Property(variant => variant.Currency).HasMaxLength(3).IsFixedLength();
        table.Property(variant => variant.SelectedOptions).HasJson();
        table.Property(variant => variant.WeightGrams).HasDefaultValue(0);
        table.Property(variant => variant.RequiresShipping).HasDefaultValue(true);
        table.Ignore(variant => variant.Price).Ignore(variant => variant.CompareAtPrice);

        // Serves productVariant(by: sku), carts that name a SKU, and the import's upsert.
        table.HasIndex(variant => variant.Sku).IsUnique();
        // Serves the variants of a product, in display order, with the tiebreaker of their cursor.
        table.HasIndex(variant => new
        {
            variant.ProductId,
            variant.Position,
            variant.Id,
        });
    }
}
