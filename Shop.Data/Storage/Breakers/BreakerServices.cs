using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Shop.Data.Telemetry;

namespace Shop.Data.Storage.Breakers;

/// <summary>Registers where breakers are found.</summary>
public static class BreakerServices
{
    /// <summary>Some that <see cref="AllBreakers"/> lists, and metrics show.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="find">Asked once, after the host was built.</param>
    public static IServiceCollection AddBreakers(
        this IServiceCollection services,
        Func<IServiceProvider, IEnumerable<Breaker>> find
    )
    {
        services.TryAddSingleton(provider => new AllBreakers(() =>
            provider.GetServices<BreakerSource>().SelectMany(source => source.Find(provider))
        ));
        services.AddShopMeter().AddHostedService<TellBreakers>();
        return services.AddSingleton(new BreakerSource(find));
    }

    private sealed record BreakerSource(Func<IServiceProvider, IEnumerable<Breaker>> Find);

    /// <summary>Has them measured.</summary>
    private sealed class TellBreakers(AllBreakers breakers, ShopMeter meter) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            meter.ObserveBreakers(() => breakers.List.Select(breaker => (breaker.Id, (int)breaker.State)));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
