using Microsoft.Extensions.DependencyInjection;

namespace Shop.Data.Carts;

/// <summary>Registers Carts.</summary>
public static class CartsServices
{
    /// <summary>The carts and what is done with them, over Redis.</summary>
    public static IServiceCollection AddCarts(this IServiceCollection services) =>
        services
            .AddSettings<CartOptions>(CartOptions.Section)
            .AddRedis()
            .AddSingleton<CartStore>()
            .AddSingleton<MergeCarts>()
            .AddSingleton<OwnCarts>()
            .AddSingleton<ClaimCart>()
            .AddSingleton<CartConsistency>();
}
