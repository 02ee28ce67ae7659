using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Storage;

namespace Shop.Data.Orders;

/// <summary>Everything that Orders stores: PostgreSQL schema <c>orders</c>, its own connection string.</summary>
public sealed class OrdersDb(DbContextOptions<OrdersDb> options) : ContextDb(options, schema: "orders")
{
    /// <summary>All orders.</summary>
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>What was bought.</summary>
    public DbSet<OrderLine> Lines => Set<OrderLine>();

    /// <summary>What happened to orders.</summary>
    public DbSet<OrderEvent> Events => Set<OrderEvent>();

    /// <summary>What staff has changed.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasSequence<long>("order_number").StartsAt(1).HasMax((1L << 40) - 1);
        modelBuilder.AddMessageTables();
        modelBuilder.AddAuditTable();
    }
}

internal sealed class OrdersDesignTime() : DesignTime<OrdersDb>(options => new(options));
