using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Orders.Consistency;
using Shop.Data.Orders.Feed;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Orders.Keys;
using Shop.Data.Orders.Placing;

namespace Shop.Data.Orders;

/// <summary>Registers Orders.</summary>
public static class OrdersServices
{
    /// <summary>Its database, its verbs, and the intake, which runs in every host that places orders.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services) =>
        services
            .AddSettings<OrderOptions>(OrderOptions.Section)
            .AddDatabase<OrdersDb>()
            .AddLocalMessages<OrdersDb>()
            // No client orders the same cart twice, however late it tries again.
            .AddIdempotencyKeys<OrdersDb>(keptRows: "k.cart_hash is not null")
            .AddSingleton<OrderAnnouncements>()
            .AddSingleton<OrderWriter>()
            .AddSingleton<OrderIntake>()
            .AddHostedService(provider => provider.GetRequiredService<OrderIntake>())
            .AddSingleton<PlaceOrder>()
            .AddSingleton<ReplayPlacement>()
            .AddSingleton<OrderChange>()
            .AddSingleton<CancelOrder>()
            .AddSingleton<ClaimOrder>()
            .AddSingleton<FulfilOrder>()
            .AddSingleton<CancelUnpaidOrders>()
            .AddSingleton<HearFacts>()
            .AddSingleton<RecordRedemption>()
            .AddSingleton<RecordStockOutcome>()
            .AddSingleton<RecordPayment>()
            .AddSingleton<OrderStories>()
            .AddSingleton<OrderFeed>()
            .AddSingleton<FeedDesk>()
            .AddSingleton<OrderConsistency>()
            .AddAuditBook<OrdersDb>();
}
