using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Payments;

/// <summary>Everything that Payments stores: PostgreSQL schema <c>payments</c>, its own connection string.</summary>
public sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : ContextDb(options, schema: "payments")
{
    /// <summary>What orders are to be paid.</summary>
    public DbSet<Due> Dues => Set<Due>();

    /// <summary>Tries to pay.</summary>
    public DbSet<Payment> Payments => Set<Payment>();

    /// <summary>Money on its way back.</summary>
    public DbSet<Refund> Refunds => Set<Refund>();

    /// <summary>What channels have sent.</summary>
    public DbSet<Notice> Notices => Set<Notice>();

    /// <summary>Which bills were read.</summary>
    public DbSet<Bill> Bills => Set<Bill>();

    /// <summary>What stands in them.</summary>
    public DbSet<BillEntry> BillEntries => Set<BillEntry>();

    /// <summary>In what the books differ.</summary>
    public DbSet<Difference> Differences => Set<Difference>();

    /// <summary>The sandbox's own book.</summary>
    public DbSet<SandboxTrade> SandboxTrades => Set<SandboxTrade>();

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

internal sealed class PaymentsDesignTime() : DesignTime<PaymentsDb>(options => new(options));
