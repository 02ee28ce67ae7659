using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;

namespace Shop.Data.Accounts;

/// <summary>Everything that Accounts stores: PostgreSQL schema <c>accounts</c>, its own connection string.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : ContextDb(options, schema: "accounts")
{
    /// <summary>All who have an account, staff as well.</summary>
    public DbSet<Customer> Customers => Set<Customer>();

    /// <summary>Their address books.</summary>
    public DbSet<CustomerAddress> Addresses => Set<CustomerAddress>();

    /// <summary>Where they are signed in.</summary>
    public DbSet<Session> Sessions => Set<Session>();

    /// <summary>What continues sessions.</summary>
    public DbSet<RefreshTokenRow> RefreshTokens => Set<RefreshTokenRow>();

    /// <summary>What signs access tokens.</summary>
    public DbSet<SigningKeyRow> SigningKeys => Set<SigningKeyRow>();

    /// <summary>What staff has changed.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddAuditTable();
    }
}

internal sealed class AccountsDesignTime() : DesignTime<AccountsDb>(options => new(options));
