using Microsoft.EntityFrameworkCore;
using Shop.Data.Messages;
using Shop.Data.Storage;

namespace Shop.Data.Inventory;

/// <summary>Everything that Inventory stores: PostgreSQL schema <c>inventory</c>, its own connection string.</summary>
public sealed class InventoryDb(DbContextOptions<InventoryDb> options)
    : ContextDb(options, schema: "inventory")
{
    /// <summary>What is left of each SKU.</summary>
    public DbSet<StockLevel> Stock => Set<StockLevel>();

    /// <summary>The ledger.</summary>
    public DbSet<StockMovement> Movements => Set<StockMovement>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddMessageTables();
    }
}

internal sealed class InventoryDesignTime() : DesignTime<InventoryDb>(options => new(options));
