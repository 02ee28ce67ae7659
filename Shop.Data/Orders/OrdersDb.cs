using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Storage.Bookmarks;
using Shop.Data.Storage.Idempotency;

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

    /// <summary>How orders were handed to the carrier.</summary>
    public DbSet<Shipment> Shipments => Set<Shipment>();

    /// <summary>What staff has changed.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <summary>A text in small letters, as the index on e-mail addresses has it: PostgreSQL's <c>lower</c>.</summary>
    /// <exception cref="NotSupportedException">Called anywhere but in a query.</exception>
    public static string Lower(string text) => throw new NotSupportedException($"PostgreSQL folds '{text}'.");

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasSequence<long>("order_number").StartsAt(1).HasMax((1L << 40) - 1);
        modelBuilder.HasDbFunction(() => Lower(default!)).HasName("lower").IsBuiltIn();
        modelBuilder.AddMessageTables();
        modelBuilder.AddAuditTable();
        modelBuilder.AddBookmarkTable();
        modelBuilder.AddIdempotencyKeys().AddOrderedCart();
    }
}

internal sealed class OrdersDesignTime() : DesignTime<OrdersDb>(options => new(options));
