using Microsoft.Extensions.DependencyInjection;

namespace Shop.Data.Checkout;

/// <summary>Registers Checkout.</summary>
public static class CheckoutServices
{
    /// <summary>Its verb; the contexts that they call are registered beside it.</summary>
    public static IServiceCollection AddCheckout(this IServiceCollection services) =>
        services.AddSingleton<CheckOutCart>();
}
