using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Pricing.Taxes;

namespace Shop.Data.Pricing;

/// <summary>Zones of taxes. There are some hundreds at most, always read together.</summary>
internal sealed class TaxZoneTable : IEntityTypeConfiguration<StoredTaxZone>
{
    public void Configure(EntityTypeBuilder<StoredTaxZone> table)
    {
        table.ToTable("tax_zone");
        table.Property(zone => zone.Id).ValueGeneratedNever();
        table.Property(zone => zone.Places).HasJson();
        table.Property(zone => zone.Rates).HasJson();
    }
}
