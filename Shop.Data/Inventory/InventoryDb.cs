using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Inventory;

/// <summary>Everything that Inventory stores: PostgreSQL schema <c>inventory</c>, its own connection string.</summary>
public sealed class InventoryDb(DbContextOptions<InventoryDb> options)
    : ContextDb(options, schema: "inventory")
{
    /// <summary>What is left of each SKU.</summary>
    public DbSet<StockLevel> Stock => Set<StockLevel>();

    /// <summary>The ledger.</summary>
    public DbSet<StockMovement> Movements => Set<StockMovement>();

    /// <summary>What staff has changed.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddMessageTables();
        modelBuilder.AddAuditTable();
        modelBuilder.AddIdempotencyKeys();
    }
}

internal sealed class InventoryDesignTime() : DesignTime<InventoryDb>(options => new(options));
