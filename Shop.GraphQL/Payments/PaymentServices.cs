using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.GraphQL.Payments.Sandbox;

namespace Shop.GraphQL.Payments;

/// <summary>Registers what Payments serves beside the graph.</summary>
internal static class PaymentServices
{
    /// <summary>A shop that is not in production is reached where it listens, unless it is told otherwise.</summary>
    public static void UseOwnAddress(ConfigurationManager settings)
    {
        if (
            !settings.GetValue(
                $"{PaymentOptions.Section}:{nameof(PaymentOptions.Production)}",
                defaultValue: true
            )
        )
        {
            settings[$"{PaymentOptions.Section}:{nameof(PaymentOptions.PublicAddress)}"] ??= settings["urls"]
                ?.Split(';')[0];
        }
    }

    /// <summary>What its fields and addresses need.</summary>
    public static IServiceCollection AddPaymentEndpoints(this IServiceCollection services) =>
        services
            .AddHttpContextAccessor()
            .AddSingleton<ReturnAddresses>()
            .AddSingleton<NoticeEndpoint>()
            .AddSingleton(_ => new SandboxSender(new HttpClient { Timeout = TimeSpan.FromSeconds(5) }))
            .AddSingleton<SandboxEndpoint>();

    /// <summary>The channels' notices, and, where it is on, the sandbox's page.</summary>
    public static void MapPayments(this WebApplication app)
    {
        app.MapPost(NoticeEndpoint.Path, app.Services.GetRequiredService<NoticeEndpoint>().ServeAsync);
        if (
            app.Services.GetRequiredService<PaymentAccounts>().Find("sandbox", PaymentAccounts.SandboxName)
            is not null
        )
        {
            var sandbox = app.Services.GetRequiredService<SandboxEndpoint>();
            app.MapGet(SandboxEndpoint.Path, sandbox.ShowAsync);
            app.MapPost(SandboxEndpoint.Path, sandbox.PayAsync);
        }
    }
}
