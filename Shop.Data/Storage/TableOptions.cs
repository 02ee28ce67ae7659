using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Storage;

/// <summary>How every context speaks to PostgreSQL, at run time and when a migration is written.</summary>
internal static class TableOptions
{
    public static DbContextOptionsBuilder<TDb> UseShopTables<TDb>(
        this DbContextOptionsBuilder<TDb> options,
        DbDataSource source
    )
        where TDb : ContextDb
    {
        options
            .UseNpgsql(
                source,
                npgsql => npgsql.MigrationsHistoryTable("__ef_migrations", ContextName.Of<TDb>())
            )
            .UseSnakeCaseNamingConvention()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        return options;
    }
}
