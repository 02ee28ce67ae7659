using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Storage;

/// <summary>One bounded context's tables: a PostgreSQL schema, a migration history and a connection of its own.</summary>
public abstract class ContextDb(DbContextOptions options, string schema) : DbContext(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(schema);
        // A context's tables are the configurations that stand in its own namespace.
        modelBuilder.ApplyConfigurationsFromAssembly(
            GetType().Assembly,
            table => table.Namespace == GetType().Namespace
        );
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddRowIds();
}
