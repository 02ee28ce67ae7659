using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Catalog.Prices;

namespace Shop.Data.Catalog;

internal sealed class PriceHistoryTable : IEntityTypeConfiguration<PricePoint>
{
    public void Configure(EntityTypeBuilder<PricePoint> table)
    {
        table.ToTable("price_history");
        table.Property(point => point.Currency).HasMaxLength(3).IsFixedLength();
        // Serves "what did this SKU cost", in order. By hand in the migration: what SKUs cost when it ran.
        table.HasIndex(point => new { point.VariantId, point.Id });
    }
}
