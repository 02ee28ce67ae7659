using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Shop.Data.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> build a context without a server; it never connects.</summary>
internal abstract class DesignTime<TDb>(Func<DbContextOptions<TDb>, TDb> make)
    : IDesignTimeDbContextFactory<TDb>
    where TDb : ContextDb
{
    public TDb CreateDbContext(string[] args) =>
        make(
            new DbContextOptionsBuilder<TDb>()
                .UseShopTables(NpgsqlDataSource.Create("Host=design-time"))
                .Options
        );
}
