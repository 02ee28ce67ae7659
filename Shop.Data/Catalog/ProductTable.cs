using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Catalog;

internal sealed class ProductTable : IEntityTypeConfiguration<Product>
{
    // Shoppers see active products only, so only those are worth sorting.
    private const string OnSale = "status = 'Active'";

    public void Configure(EntityTypeBuilder<Product> table)
    {
        table.ToTable("product", t => t.HasCheckConstraint("ck_product_price_from", "price_from_minor > 0"));
        table.Property(product => product.Code).HasMaxLength(64);
        table.Property(product => product.Slug).HasMaxLength(200);
        // As people sort, on every machine alike, whatever locale the server was made with.
        table.Property(product => product.Title).HasMaxLength(200).UseCollation("und-x-icu");
        table.Property(product => product.Status).HasConversion<string>().HasMaxLength(16);
        table.Property(product => product.Brand).HasMaxLength(200);
        table.Property(product => product.TaxClass).HasMaxLength(ProductRules.MaxTaxClass);
        table.Property(product => product.Options).HasJson();
        table.Property(product => product.Media).HasJson().HasDefaultValueSql("'[]'");
        table
            .HasOne<Category>()
            .WithMany()
            .HasForeignKey(product => product.CategoryId)
            .OnDelete(DeleteBehavior.Restrict);
        table
            .HasMany(product => product.Variants)
            .WithOne()
            .HasForeignKey(variant => variant.ProductId)
            .OnDelete(DeleteBehavior.Cascade);

        // Serves the import's upsert.
        table.HasIndex(product => product.Code).IsUnique();
        // Serves product(by: slug).
        table.HasIndex(product => product.Slug).IsUnique();
        // The next four serve products(orderBy): one per field, with the tiebreaker of its keyset cursor.
        table.HasIndex(product => new { product.Title, product.Id }).HasFilter(OnSale);
        table.HasIndex(product => new { product.PriceFromMinor, product.Id }).HasFilter(OnSale);
        table.HasIndex(product => new { product.CreatedAt, product.Id }).HasFilter(OnSale);
        table.HasIndex(product => new { product.UpdatedAt, product.Id }).HasFilter(OnSale);
        // Serves the products of a category, by title.
        table
            .HasIndex(product => new
            {
                product.CategoryId,
                product.Title,
                product.Id,
            })
            .HasFilter(OnSale);
        // Serves products(where: {tags}).
        table.HasIndex(product => product.Tags).HasMethod("gin").HasFilter(OnSale);
    }
}
