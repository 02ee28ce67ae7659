using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Rates;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Pricing.Uses;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Pricing;

/// <summary>Everything that Pricing stores: PostgreSQL schema <c>pricing</c>, its own connection string.</summary>
public sealed class PricingDb(DbContextOptions<PricingDb> options) : ContextDb(options, schema: "pricing")
{
    /// <summary>What takes money off, running, planned and over.</summary>
    public DbSet<Promotion> Promotions => Set<Promotion>();

    /// <summary>What customers type for them.</summary>
    public DbSet<PromotionCode> Codes => Set<PromotionCode>();

    /// <summary>What codes were asked for, and how far they are.</summary>
    public DbSet<CodeBatch> CodeBatches => Set<CodeBatch>();

    /// <summary>How often those with limits were used.</summary>
    public DbSet<PromotionCounter> Counters => Set<PromotionCounter>();

    /// <summary>Every use of those with limits.</summary>
    public DbSet<PromotionMovement> Movements => Set<PromotionMovement>();

    /// <summary>What is taxed where.</summary>
    public DbSet<StoredTaxZone> TaxZones => Set<StoredTaxZone>();

    /// <summary>What the shop's currency costs in others.</summary>
    public DbSet<ExchangeRate> ExchangeRates => Set<ExchangeRate>();

    /// <summary>What a tax service has not been told yet.</summary>
    public DbSet<UntoldDocument> UntoldDocuments => Set<UntoldDocument>();

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

internal sealed class PricingDesignTime() : DesignTime<PricingDb>(options => new(options));
