using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Data.Accounts;
using Shop.Data.Carts;
using Shop.Data.Catalog;
using Shop.Data.Checkout;
using Shop.Data.Inventory;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Payments;
using Shop.Data.Pricing;
using Shop.Data.Search;
using Shop.Data.Shipping;
using Shop.Data.Storage.Idempotency;
using Shop.Data.Storage.Migrating;
using Shop.Data.Telemetry;
using Shop.Jobs.Accounts;
using Shop.Jobs.Catalog;
using Shop.Jobs.Inventory;
using Shop.Jobs.Messages;
using Shop.Jobs.Orders;
using Shop.Jobs.Outside;
using Shop.Jobs.Payments;
using Shop.Jobs.Pricing;
using Shop.Jobs.Scheduling;
using Shop.Jobs.Search;

namespace Shop.Jobs;

/// <summary>The list of contexts: what every host registers of each, and what each does later.</summary>
public static class Contexts
{
    /// <summary>All contexts. A host that runs their jobs adds <see cref="Schedule.AddShopJobs"/>.</summary>
    public static IServiceCollection AddContexts(this IServiceCollection services) =>
        services
            .AddShopMeter()
            .AddSettings<OperationsOptions>(OperationsOptions.Section)
            .AddSettings<TelemetryOptions>(TelemetryOptions.Section)
            .AddSettings<StorageOptions>(StorageOptions.Section)
            .AddSingleton<Tables>()
            .Add<AccountsDb>(AccountsServices.AddAccounts, AccountsJobs.Describe)
            .Add<CatalogDb>(CatalogJobs.Add, CatalogJobs.Describe)
            .Add<InventoryDb>(InventoryServices.AddInventory, InventoryJobs.Describe)
            .Add<SearchDb>(SearchJobs.Add, SearchJobs.Describe)
            .AddCarts()
            .Add<PricingDb>(PricingServices.AddPricing, PricingJobs.Describe)
            .Add<ShippingDb>(ShippingServices.AddShipping, static _ => { })
            .Add<OrdersDb>(OrdersServices.AddOrders, OrdersJobs.Describe)
            .Add<PaymentsDb>(PaymentsServices.AddPayments, PaymentsJobs.Describe)
            .AddCheckout()
            .AddSingleton<MessageRouter>()
            .AddOutsideSettings()
            .AddSingleton(provider => new Receivers(
                from context in provider.GetServices<ContextJobs>()
                from route in context.Routes
                select (route.Topic, context.Name),
                outside: provider.GetRequiredService<IOptions<KafkaOptions>>().Value.Kafka.Length > 0
            ));

    private static IServiceCollection Add<TDb>(
        this IServiceCollection services,
        Func<IServiceCollection, IServiceCollection> addData,
        Action<ContextJobs> describeJobs
    )
        where TDb : ContextDb
    {
        addData(services);
        var jobs = new ContextJobs(ContextName.Of<TDb>());
        describeJobs(jobs);
        // What every context does that has such tables.
        if (Has<LocalMessages<TDb>>())
        {
            jobs.Delivers = Schedule.AddDelivery<TDb>;
            jobs.Repeats<ForgetMessages<TDb>>(
                $"remove-done-messages-of-{jobs.Name}",
                ContextJobs.Hourly,
                (forget, cancel) => forget.RunAsync(cancel)
            );
        }

        if (Has<ForgetIdempotencyKeys<TDb>>())
        {
            jobs.Repeats<ForgetIdempotencyKeys<TDb>>(
                $"forget-keys-of-{jobs.Name}",
                ContextJobs.Hourly,
                (forget, cancel) => forget.RunAsync(cancel)
            );
        }

        return services.AddSingleton(jobs);

        bool Has<TService>() => services.Any(service => service.ServiceType == typeof(TService));
    }
}
