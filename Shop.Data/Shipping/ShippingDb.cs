using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Shipping;

/// <summary>Everything that Shipping stores: PostgreSQL schema <c>shipping</c>, its own connection string.</summary>
public sealed class ShippingDb(DbContextOptions<ShippingDb> options) : ContextDb(options, schema: "shipping")
{
    /// <summary>Where the shop ships to.</summary>
    public DbSet<Zone> Zones => Set<Zone>();

    /// <summary>How it ships, and what that costs.</summary>
    public DbSet<Method> Methods => Set<Method>();

    /// <summary>What staff has changed.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddAuditTable();
        modelBuilder.AddIdempotencyKeys();
    }
}

internal sealed class ShippingDesignTime() : DesignTime<ShippingDb>(options => new(options));
