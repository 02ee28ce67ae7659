using Microsoft.Extensions.Configuration;
using Npgsql;
using Quartz;

namespace Shop.Jobs.Scheduling;

/// <summary>The schedule that the nodes of a cluster share: PostgreSQL schema <c>quartz</c>.</summary>
internal static class JobCluster
{
    private const string Schema = "quartz";

    public static void UseClusterWhereWanted(this IQuartzBuilder quartz, IConfiguration settings)
    {
        var options = settings.GetSection(JobOptions.Section).Get<JobOptions>() ?? new();
        if (options.Cluster)
        {
            quartz.UseCluster(settings, options);
        }
    }

    /// <summary>The schedule that job hosts share, to look at and to ask for a run. A process that does not start it runs nothing.</summary>
    public static void LookAtCluster(this IQuartzBuilder quartz, IConfiguration settings) =>
        quartz.UseCluster(settings, settings.GetSection(JobOptions.Section).Get<JobOptions>() ?? new());

    private static void UseCluster(this IQuartzBuilder quartz, IConfiguration settings, JobOptions options)
    {
        quartz.ConfigureScheduler(scheduler => scheduler.GenerateInstanceId = true);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(NpgsqlFactory.Instance, ConnectionString(settings));
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = options.CheckIn;
                cluster.CheckinMisfireThreshold = options.DeadAfter;
            });
            store.ConfigureStore(rows => rows.StoreJobDataAsStrings = true);
        });
    }

    /// <summary>Makes the schema; Quartz makes its tables in it. Safe to run from many nodes at once.</summary>
    public static async Task PrepareAsync(IConfiguration settings, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(settings));
        await using var command = source.CreateCommand($"create schema if not exists {Schema}");
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another node made it at the same moment.
        }
    }

    // Jobs have no context of their own, so their rows are where the orders are, unless they are told otherwise.
    private static string ConnectionString(IConfiguration settings) =>
        new NpgsqlConnectionStringBuilder(
            settings.GetConnectionString("Jobs")
                ?? settings.GetConnectionString("Orders")
                ?? settings.GetConnectionString("Shop")
        )
        {
            SearchPath = Schema,
            TargetSessionAttributes = "primary",
        }.ConnectionString;
}
