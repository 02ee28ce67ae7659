using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Shop.Data.Inventory;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Jobs.Books;
using Shop.Jobs.Messages;
using Shop.Jobs.Orders;

namespace Shop.Jobs;

/// <summary>Every job and when it runs.</summary>
public static class Schedule
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _paymentCheck = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _retention = TimeSpan.FromHours(1);

    /// <summary>The jobs, in this process. Wants Inventory and Orders registered.</summary>
    public static IServiceCollection AddShopJobs(this IServiceCollection services)
    {
        services.AddSingleton<MessageRouter>().AddSingleton<VerifyBooks>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "shop");
            services.AddDelivery<OrdersDb>(quartz);
            services.AddDelivery<InventoryDb>(quartz);
            quartz.ScheduleJob<CancelUnpaidOrdersJob>(trigger =>
                trigger.WithSimpleSchedule(each => each.WithInterval(_paymentCheck).RepeatForever())
            );
        });
        return services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
    }

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
        quartz.ScheduleJob<RemoveDoneMessagesJob<TDb>>(trigger =>
            trigger.WithSimpleSchedule(each => each.WithInterval(_retention).RepeatForever())
        );
    }
}
