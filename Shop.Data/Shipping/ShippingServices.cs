using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Audit;
using Shop.Data.Shipping.Edit;
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
            .AddHostedService<HearShipping>()
            .AddSingleton<ShippingChange>()
            .AddSingleton<SaveZone>()
            .AddSingleton<SaveMethod>()
            .AddSingleton<SampleShipping>()
            .AddIdempotencyKeys<ShippingDb>()
            .AddAuditBook<ShippingDb>();
}
