using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Shipping;

/// <summary>Zones; some dozens, read as a whole.</summary>
internal sealed class ZoneTable : IEntityTypeConfiguration<Zone>
{
    public void Configure(EntityTypeBuilder<Zone> table)
    {
        table.ToTable("zone");
        table.Property(zone => zone.Id).ValueGeneratedNever();
    }
}

/// <summary>Methods with their rates; some dozens, read as a whole.</summary>
internal sealed class MethodTable : IEntityTypeConfiguration<Method>
{
    public void Configure(EntityTypeBuilder<Method> table)
    {
        table.ToTable("method");
        table.Property(method => method.Id).ValueGeneratedNever();
        table.Property(method => method.Service).HasMaxLength(50);
        table.Property(method => method.When).HasColumnName("conditions").HasJson();
        table.Property(method => method.Rates).HasJson();
    }
}
