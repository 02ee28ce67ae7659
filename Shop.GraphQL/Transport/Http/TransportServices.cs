using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Transport.Cache;
using Shop.GraphQL.Transport.Origins;
using Shop.GraphQL.Transport.Sockets;

namespace Shop.GraphQL.Transport.Http;

/// <summary>Registers what carries requests to the schemas.</summary>
internal static class TransportServices
{
    /// <summary>HTTP, event streams and WebSockets; one endpoint for shoppers, and one keyed with <see cref="Audience.Staff"/>.</summary>
    public static IServiceCollection AddGraphTransports(this IServiceCollection services)
    {
        services.AddCors();
        services
            .AddOptions<CorsOptions>()
            .Configure<OtherOrigins>((cors, origins) => cors.AddDefaultPolicy(origins.Describe));
        // Schemes are the host's to add; without one, every caller is a guest.
        services.AddAuthenticationCore();
        return services
            .AddSettings<TransportOptions>(TransportOptions.Section)
            .AddSettings<OriginOptions>(OriginOptions.Section)
            .AddSettings<AnswerCacheOptions>(AnswerCacheOptions.Section)
            .AddSingleton<IStartupFilter, TellFaults>()
            .AddSingleton<WhoAsks>()
            .AddSingleton<AskedCurrency>()
            .AddSingleton<OtherOrigins>()
            .AddSingleton<OpenConnections>()
            .AddSingleton<Farewell>()
            .AddHostedService(provider => provider.GetRequiredService<Farewell>())
            .AddSingleton<EventStreams>()
            .AddSingleton<SocketEndpoint>()
            .AddSingleton<AnswerStore>()
            .AddSingleton<Changes>()
            .AddSingleton<PublicAnswers>()
            .AddSingleton(provider =>
                Endpoint(
                    provider,
                    provider.GetRequiredService<GraphEngine>(),
                    provider.GetRequiredService<PublicAnswers>()
                )
            )
            .AddKeyedSingleton(
                Audience.Staff,
                (provider, audience) =>
                    Endpoint(provider, provider.GetRequiredKeyedService<GraphEngine>(audience), null)
            );
    }

    private static GraphOverHttp Endpoint(
        IServiceProvider provider,
        GraphEngine engine,
        PublicAnswers? publicAnswers
    ) =>
        new(
            engine,
            provider.GetRequiredService<IOptions<TransportOptions>>(),
            provider.GetRequiredService<IOptions<DocumentOptions>>(),
            provider.GetRequiredService<WhoAsks>(),
            provider.GetRequiredService<AskedCurrency>(),
            publicAnswers,
            provider.GetRequiredService<EventStreams>(),
            provider.GetRequiredService<SocketEndpoint>()
        );
}
