using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Prices;
using Shop.Data.Messages;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Catalog;

/// <summary>Everything that Catalog stores: PostgreSQL schema <c>catalog</c>, its own connection string.</summary>
public sealed class CatalogDb(DbContextOptions<CatalogDb> options) : ContextDb(options, schema: "catalog")
{
    /// <summary>The tree of categories.</summary>
    public DbSet<Category> Categories => Set<Category>();

    /// <summary>What shoppers look at.</summary>
    public DbSet<Product> Products => Set<Product>();

    /// <summary>What shoppers buy.</summary>
    public DbSet<ProductVariant> Variants => Set<ProductVariant>();

    /// <summary>Whose prices stand in place of what SKUs cost by themselves.</summary>
    public DbSet<PriceList> PriceLists => Set<PriceList>();

    /// <summary>What SKUs cost by them.</summary>
    public DbSet<ListPrice> ListPrices => Set<ListPrice>();

    /// <summary>What SKUs cost by themselves, and since when.</summary>
    public DbSet<PricePoint> PriceHistory => Set<PricePoint>();

    /// <summary>Files that were loaded, or are.</summary>
    public DbSet<CatalogImport> Imports => Set<CatalogImport>();

    /// <summary>Rows of them that could not be saved.</summary>
    public DbSet<ImportError> ImportErrors => Set<ImportError>();

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

internal sealed class CatalogDesignTime() : DesignTime<CatalogDb>(options => new CatalogDb(options));
