using Microsoft.EntityFrameworkCore;
using Shop.Data.Storage.Positions;

namespace Shop.Data.Storage;

/// <summary>One bounded context's tables: a PostgreSQL schema, a migration history and a connection of its own.</summary>
public abstract class ContextDb(DbContextOptions options, string schema) : DbContext(options)
{
    /// <summary>What the next reads tell their position to; null where nobody wants to know. Contexts are used again: take it out.</summary>
    internal ReadPosition? Position { get; set; }

    /// <summary>Does one read, and tells where it stood.</summary>
    public async Task<(ReadPosition Position, T Read)> ReadAtPositionAsync<T>(Func<Task<T>> read)
    {
        var position = Position = new ReadPosition();
        try
        {
            return (position, await read());
        }
        finally
        {
            Position = null;
        }
    }

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
