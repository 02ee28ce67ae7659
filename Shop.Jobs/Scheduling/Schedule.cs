using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using Shop.Data.Catalog;
using Shop.Data.Inventory;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Jobs.Accounts;
using Shop.Jobs.Books;
using Shop.Jobs.Catalog;
using Shop.Jobs.Desk;
using Shop.Jobs.Messages;
using Shop.Jobs.Orders;
using Shop.Jobs.Storage;

namespace Shop.Jobs.Scheduling;

/// <summary>Every job and when it runs.</summary>
public static class Schedule
{
    /// <summary>Wakes the delivery of messages, and imports, on every node: workers share them by leases, so they need not take turns.</summary>
    internal const string Delivery = "delivery";

    /// <summary>What runs by the clock; in a cluster on one node at a time.</summary>
    internal const string Clock = "clock";

    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _paymentCheck = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _retention = TimeSpan.FromHours(1);

    /// <summary>The jobs, in this process. Wants Catalog, Inventory, Orders and the retention of Accounts registered.</summary>
    public static IServiceCollection AddShopJobs(this IServiceCollection services, IConfiguration settings)
    {
        services
            .AddOptionsWithValidateOnStart<JobOptions>()
            .BindConfiguration(JobOptions.Section)
            .ValidateDataAnnotations();
        services.AddSingleton<MessageRouter>().AddSingleton<VerifyBooks>();
        services.AddQuartz(
            Delivery,
            quartz =>
            {
                quartz.AddJobListener(provider => Keep(provider, failedOnly: true));
                services.AddDelivery<OrdersDb>(quartz);
                services.AddDelivery<InventoryDb>(quartz);
                quartz.Every<ImportCatalogJob>("import-catalog", _poll);
            }
        );
        services.AddQuartz(
            Clock,
            quartz =>
            {
                quartz.UseClusterWhereWanted(settings);
                quartz.AddJobListener(provider => Keep(provider, failedOnly: false));
                quartz.Every<CancelUnpaidOrdersJob>("cancel-unpaid-orders", _paymentCheck);
                quartz.Every<ForgetKeysJob>("forget-keys", _retention);
                quartz.Every<ForgetUsedKeysJob<CatalogDb>>("forget-used-keys-of-catalog", _retention);
                quartz.Every<ForgetUsedKeysJob<InventoryDb>>("forget-used-keys-of-inventory", _retention);
                quartz.Every<ForgetImportsJob>("forget-imports", _retention);
                quartz.Every<ForgetSessionsJob>("forget-sessions", _retention);
                quartz.Every<RemoveDoneMessagesJob<OrdersDb>>("remove-done-messages-of-orders", _retention);
                quartz.Every<RemoveDoneMessagesJob<InventoryDb>>(
                    "remove-done-messages-of-inventory",
                    _retention
                );
            }
        );
        services.AddHostedService<ClockWatch>();
        services
            .AddJobDesk()
            .AddSingleton(provider => new JobDesk(
                provider.GetRequiredKeyedService<ISchedulerFactory>(Delivery),
                cancel => ClockOf(provider).GetScheduler(cancel).AsTask(),
                provider.GetServices<MessageDesk>(),
                provider.GetRequiredService<ILogger<JobDesk>>()
            ));
        return services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
    }

    /// <summary>What operators see of jobs that other processes run. Wants Inventory and Orders registered.</summary>
    public static IServiceCollection AddJobsElsewhere(
        this IServiceCollection services,
        IConfiguration settings
    )
    {
        services.AddQuartz(Clock, quartz => quartz.LookAtCluster(settings));
        return services
            .AddJobDesk()
            .AddSingleton(provider => new JobDesk(
                delivery: null,
                new SharedClock(settings, ClockOf(provider)).LookAsync,
                provider.GetServices<MessageDesk>(),
                provider.GetRequiredService<ILogger<JobDesk>>()
            ));
    }

    private static IServiceCollection AddJobDesk(this IServiceCollection services) =>
        services.AddSingleton<JobRuns>().AddSingleton<ReplayMessages>();

    private static ISchedulerFactory ClockOf(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<ISchedulerFactory>(Clock);

    private static KeepRuns Keep(IServiceProvider provider, bool failedOnly) =>
        new(
            provider.GetRequiredService<JobRuns>(),
            failedOnly,
            provider.GetRequiredService<ILogger<KeepRuns>>()
        );

    private static void AddDelivery<TDb>(this IServiceCollection services, IQuartzBuilder quartz)
        where TDb : ContextDb
    {
        services
            .AddLocalMessages<TDb>()
            .AddSingleton<MessageDelivery<TDb>>()
            .AddSingleton<MessageBell<TDb>>()
            .AddHostedService(provider => provider.GetRequiredService<MessageBell<TDb>>());

        quartz.AddJob<DeliverMessagesJob<TDb>>(job => job.WithIdentity(MessageBell<TDb>.Job).StoreDurably());
        quartz.AddTrigger(trigger =>
            trigger
                .ForJob(MessageBell<TDb>.Job)
                .WithSimpleSchedule(each => each.WithInterval(_poll).RepeatForever())
        );
    }

    // The names are the rows by which the nodes of a cluster know that they mean the same job.
    private static void Every<TJob>(this IQuartzBuilder quartz, string name, TimeSpan interval)
        where TJob : IJob =>
        quartz.ScheduleJob<TJob>(
            trigger =>
                trigger
                    .WithIdentity(name)
                    .WithSimpleSchedule(each => each.WithInterval(interval).RepeatForever()),
            job => job.WithIdentity(name)
        );
}
