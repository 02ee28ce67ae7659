using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Catalog.Prices;

namespace Shop.Data.Catalog;

internal sealed class PriceListTable : IEntityTypeConfiguration<PriceList>
{
    // A hundred rows that count, and some years of those that do no more: no index but the key is of use.
    public void Configure(EntityTypeBuilder<PriceList> table)
    {
        table.ToTable(
            "price_list",
            t => t.HasCheckConstraint("ck_price_list_ends_at", "ends_at > starts_at")
        );
        table.Property(list => list.Id).ValueGeneratedNever();
        table.Property(list => list.Title).HasMaxLength(200);
        table.Property(list => list.Group).HasColumnName("group_key");
        table.Property(list => list.Currency).HasMaxLength(3).IsFixedLength();
        table.Property(list => list.Pick).HasConversion<string>().HasMaxLength(16);
    }
}

internal sealed class ListPriceTable : IEntityTypeConfiguration<ListPrice>
{
    public void Configure(EntityTypeBuilder<ListPrice> table)
    {
        table.ToTable(
            "price",
            t =>
            {
                t.HasCheckConstraint("ck_price_amount", "amount_minor > 0");
                t.HasCheckConstraint("ck_price_compare_at", "compare_at_minor > amount_minor");
                t.HasCheckConstraint("ck_price_min_units", "min_units between 1 and 10000");
                t.HasCheckConstraint("ck_price_ends_at", "ends_at > starts_at");
            }
        );
        // Serves "what can this SKU cost".
        table.HasKey(price => new
        {
            price.VariantId,
            price.ListId,
            price.MinUnits,
        });
        // Serves the prices of a list, in the order of its pages.
        table.HasIndex(price => new
        {
            price.ListId,
            price.VariantId,
            price.MinUnits,
        });
        table.HasOne(price => price.List).WithMany().HasForeignKey(price => price.ListId);
        table
            .HasOne<ProductVariant>()
            .WithMany(variant => variant.Prices)
            .HasForeignKey(price => price.VariantId);
    }
}
