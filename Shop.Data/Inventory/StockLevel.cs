using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Inventory;

/// <summary>What is left of one SKU. Always its opening stock plus the sum of its movements.</summary>
public sealed class StockLevel
{
    /// <summary>The SKU.</summary>
    public VariantId VariantId { get; private init; }

    /// <summary>Units when the SKU was first counted; zero or more. Never changed after.</summary>
    public int Opening { get; private init; }

    /// <summary>Units that can be sold now; zero or more.</summary>
    public int Available { get; private init; }

    /// <summary>Rises with every change.</summary>
    public int Version { get; private init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private init; }
}

internal sealed class StockTable : IEntityTypeConfiguration<StockLevel>
{
    public void Configure(EntityTypeBuilder<StockLevel> table)
    {
        // The last guard against overselling: whatever the code does, a level below zero does not commit.
        table.ToTable("stock", t => t.HasCheckConstraint("ck_stock_available", "available >= 0"));
        table.HasKey(level => level.VariantId);
        table.Property(level => level.VariantId).ValueGeneratedNever();
    }
}
