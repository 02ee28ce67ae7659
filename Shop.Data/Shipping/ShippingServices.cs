using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Data.Audit;
using Shop.Data.Outside;
using Shop.Data.Shipping.Edit;
using Shop.Data.Shipping.Rates;
using Shop.Data.Shipping.Sample;

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
            .AddOutside<IReadOnlyDictionary<string, Money>>(RateOptions.Section, Terms)
            .AddSingleton<CarrierRates>()
            .AddHostedService<HearShipping>()
            .AddSingleton<ShippingChange>()
            .AddSingleton<SaveZone>()
            .AddSingleton<SaveMethod>()
            .AddSingleton<SampleShipping>()
            .AddIdempotencyKeys<ShippingDb>()
            .AddAuditBook<ShippingDb>();

    private static OutsideTerms Terms(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<RateOptions>>().Value;
        return new("shipping-rates", options.CallsAtOnce, options.Lifetime, options.MaxKept);
    }
}
