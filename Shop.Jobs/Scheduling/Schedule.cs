using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using Shop.Data.Messages;
using Shop.Data.Telemetry;
using Shop.Jobs.Desk;
using Shop.Jobs.Messages;
using Shop.Jobs.Outside;
using Shop.Jobs.Verification;

namespace Shop.Jobs.Scheduling;

/// <summary>Every job and when it runs.</summary>
public static class Schedule
{
    /// <summary>Wakes the delivery of messages, and imports, on every node: workers share them by leases, so they need not take turns.</summary>
    internal const string Delivery = "delivery";

    /// <summary>What runs by the clock; in a cluster on one node at a time.</summary>
    internal const string Clock = "clock";

    // More than there are jobs that deliver: none waits for another's thread.
    private const int MaxDeliveries = 100;

    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(500);

    /// <summary>The jobs, in this process. Wants <see cref="Contexts.AddContexts"/>.</summary>
    public static IServiceCollection AddShopJobs(this IServiceCollection services, IConfiguration settings)
    {
        services
            .AddSettings<JobOptions>(JobOptions.Section)
            .AddSingleton<VerifyPayments>()
            .AddSingleton<VerifyUses>()
            .AddSingleton<VerifySearch>()
            .AddSingleton<VerifyConsistency>();
        var contexts = services
            .Select(service => service.ImplementationInstance)
            .OfType<ContextJobs>()
            .ToList();
        var repetitions = contexts
            .SelectMany(context => context.Repetitions)
            .ToLookup(work => work.IsOnEachNode);
        services.AddQuartz(
            Delivery,
            quartz =>
            {
                quartz.UseDefaultThreadPool(MaxDeliveries);
                quartz.AddJobListener(provider => Keep(provider, failedOnly: true));
                foreach (var context in contexts)
                {
                    context.Delivers?.Invoke(services, quartz, DeliveryLane.Of(context.Name, contexts));
                }

                quartz.Repeat(repetitions[true]);
                quartz.TellLifeWhereWanted(settings);
            }
        );
        services.AddQuartz(
            Clock,
            quartz =>
            {
                quartz.UseClusterWhereWanted(settings);
                quartz.AddJobListener(provider => Keep(provider, failedOnly: false));
                quartz.Repeat(repetitions[false]);
            }
        );
        services.AddRelayWhereWanted(settings);
        services.AddReplicas().AddHostedService<ClockWatch>().AddHostedService<WatchStores>();
        services
            .AddJobDesk()
            .AddSingleton(provider => new JobDesk(
                provider.GetRequiredKeyedService<ISchedulerFactory>(Delivery),
                cancel => ClockOf(provider).GetScheduler(cancel).AsTask(),
                LanesOf(provider),
                provider.GetRequiredService<ILogger<JobDesk>>()
            ));
        return services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
    }

    /// <summary>What operators see of jobs that other processes run. Wants <see cref="Contexts.AddContexts"/>.</summary>
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
                LanesOf(provider),
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
            provider.GetRequiredService<ShopMeter>(),
            provider.GetRequiredService<ILogger<KeepRuns>>()
        );

    private static IEnumerable<DeliveryLane> LanesOf(IServiceProvider provider) =>
        provider
            .GetServices<MessageDesk>()
            .SelectMany(desk => provider.GetRequiredService<MessageRouter>().LanesOf(desk.Sender));

    /// <summary>The delivery of what one context sends: a job for each of its lanes, and the listener that wakes them.</summary>
    internal static void AddDelivery<TDb>(
        IServiceCollection services,
        IQuartzBuilder quartz,
        IReadOnlyList<DeliveryLane> lanes
    )
        where TDb : ContextDb
    {
        services
            .AddSingleton<MessageDelivery<TDb>>()
            .AddSingleton<MessageBell<TDb>>()
            .AddHostedService(provider => provider.GetRequiredService<MessageBell<TDb>>());
        foreach (var lane in lanes)
        {
            quartz.AddJob<DeliverMessagesJob<TDb>>(job => job.WithIdentity(lane.Job).StoreDurably());
            quartz.AddTrigger(trigger =>
                trigger.ForJob(lane.Job).WithSimpleSchedule(each => each.WithInterval(_poll).RepeatForever())
            );
        }
    }

    private static void TellLifeWhereWanted(this IQuartzBuilder quartz, IConfiguration settings)
    {
        if (settings[$"{JobOptions.Section}:{nameof(JobOptions.LifeFile)}"] is { Length: > 0 })
        {
            quartz.ScheduleJob<TellLifeJob>(
                trigger =>
                    trigger.WithSimpleSchedule(each => each.WithInterval(TellLifeJob.Every).RepeatForever()),
                job => job.WithIdentity(TellLifeJob.Name)
            );
        }
    }

    // The names are the rows by which the nodes of a cluster know that they mean the same job.
    private static void Repeat(this IQuartzBuilder quartz, IEnumerable<Repetition> repetitions)
    {
        foreach (var work in repetitions)
        {
            quartz.ScheduleJob<RepeatJob>(
                trigger =>
                    trigger
                        .WithIdentity(work.Job)
                        .WithSimpleSchedule(each => each.WithInterval(work.Every).RepeatForever()),
                job => job.WithIdentity(work.Job)
            );
        }
    }
}
