using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;

namespace Shop.Data.Search;

/// <summary>
/// What is searched: copies of what Catalog and Inventory have said, PostgreSQL schema <c>search</c>, its own connection string.
/// All of it can be made again from them, but for the synonyms, which are staff's own.
/// </summary>
public sealed class SearchDb(DbContextOptions<SearchDb> options) : ContextDb(options, schema: "search")
{
    /// <summary>Products, and the words they are found by.</summary>
    public DbSet<IndexedProduct> Products => Set<IndexedProduct>();

    /// <summary>Their SKUs.</summary>
    public DbSet<IndexedSku> Skus => Set<IndexedSku>();

    /// <summary>What is left of each SKU.</summary>
    public DbSet<IndexedStock> Stock => Set<IndexedStock>();

    /// <summary>SKUs and article codes.</summary>
    public DbSet<IndexedCode> Codes => Set<IndexedCode>();

    /// <summary>Categories.</summary>
    public DbSet<IndexedCategory> Categories => Set<IndexedCategory>();

    /// <summary>What its revisions have touched.</summary>
    public DbSet<IndexChange> Changes => Set<IndexChange>();

    /// <summary>Words that mean the same.</summary>
    public DbSet<Synonym> Synonyms => Set<Synonym>();

    /// <summary>What there is of it in Elasticsearch.</summary>
    public DbSet<EngineIndex> EngineIndexes => Set<EngineIndex>();

    /// <summary>How far the index is.</summary>
    public DbSet<IndexClock> Clock => Set<IndexClock>();

    /// <summary>What staff has changed.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddAuditTable();
    }
}

internal sealed class SearchDesignTime() : DesignTime<SearchDb>(options => new(options));
