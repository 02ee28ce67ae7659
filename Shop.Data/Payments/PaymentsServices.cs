using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Payments.Begin;
using Shop.Data.Payments.Books;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;
using Shop.Data.Payments.Refunds;
using Shop.Data.Storage.Breakers;
using Shop.Data.Telemetry;

namespace Shop.Data.Payments;

/// <summary>Registers Payments.</summary>
public static class PaymentsServices
{
    /// <summary>Its database, its verbs and its channels.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services) =>
        services
            .AddSettings<PaymentOptions>(PaymentOptions.Section)
            .AddDatabase<PaymentsDb>()
            .AddLocalMessages<PaymentsDb>()
            .AddIdempotencyKeys<PaymentsDb>()
            .AddSingleton<PaymentAnnouncements>()
            .AddSingleton<PaymentLookup>()
            .AddSingleton<PaymentStories>()
            .AddSingleton<DueBooks>()
            .AddSingleton<TokenSecrets>()
            .AddSingleton(provider => new PaymentAccounts(
                provider,
                provider.GetServices<ChannelFactory>(),
                provider.GetRequiredService<IConfiguration>(),
                provider.GetRequiredService<IOptions<PaymentOptions>>().Value,
                provider.GetRequiredService<ShopMeter>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<PaymentAccounts>>()
            ))
            .AddHostedService(provider => provider.GetRequiredService<PaymentAccounts>())
            .AddBreakers(provider =>
                provider.GetRequiredService<PaymentAccounts>().All.Select(account => account.Breaker)
            )
            .AddChannels()
            .AddSingleton<PaymentChoice>()
            .AddSingleton<TokenMint>()
            .AddSingleton<OpenPayment>()
            .AddSingleton<SaveBegin>()
            .AddSingleton<BeginPayment>()
            .AddSingleton<ApplyFinding>()
            .AddSingleton<EndPayment>()
            .AddSingleton<WarnOfKeys>()
            .AddSingleton<CapturePayment>()
            .AddSingleton<CheckPayment>()
            .AddSingleton<CheckPayments>()
            .AddSingleton<TakeNotice>()
            .AddSingleton<CloseDues>()
            .AddSingleton<ApplyRefundFinding>()
            .AddSingleton<RefundPayment>()
            .AddSingleton<RetryRefund>()
            .AddSingleton<RefundClosedOrders>()
            .AddSingleton<SendRefunds>()
            .AddBooks()
            .AddAuditBook<PaymentsDb>();
}
