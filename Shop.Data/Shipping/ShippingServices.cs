using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Audit;
using Shop.Data.Shipping.Edit;
using Shop.Data.Shipping.Rates;
using Shop.Data.Shipping.Sample;
using Shop.Data.Storage.Outside;
using StackExchange.Redis;

namespace Shop.Data.Shipping;

/// <summary>Registers Shipping.</summary>
public static class ShippingServices
{
    /// <summary>Its database, its verbs, and what it says of shipping now.</summary>
    public static IServiceCollection AddShipping(this IServiceCollection services) =>
        services
            .AddDatabase<ShippingDb>()
            .AddSingleton<CurrentShipping>()
            .AddSettings<RateOptions>(
                RateOptions.Section,
                check =>
                    check.Validate(
                        options => options.IsAddressSound,
                        $"{RateOptions.Section}:{nameof(RateOptions.Address)} is no address of HTTP or HTTPS."
                    )
            )
            .AddSingleton(Rates)
            .AddHostedService<HearShipping>()
            .AddSingleton<ShippingChange>()
            .AddSingleton<SaveZone>()
            .AddSingleton<SaveMethod>()
            .AddSingleton<SampleShipping>()
            .AddIdempotencyKeys<ShippingDb>()
            .AddAuditBook<ShippingDb>();

    private static CarrierRates Rates(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<RateOptions>>().Value;
        return new(
            options.Address is { } address
                ? new(
                    new(
                        "rates",
                        address,
                        options.Key,
                        options.TimeLimit,
                        options.CallsAtOnce,
                        options.Lifetime,
                        options.MaxKept
                    ),
                    provider.GetRequiredService<IConnectionMultiplexer>(),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<OutsideAnswers>>()
                )
                : null
        );
    }
}
