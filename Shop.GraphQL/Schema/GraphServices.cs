using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shop.Data.Storage;
using Shop.GraphQL.Http;
using Shop.GraphQL.Http.Cache;
using Shop.GraphQL.Http.Sockets;
using Shop.GraphQL.Loading;
using Shop.GraphQL.Schema.Documents;
using Shop.GraphQL.Schema.Federation;
using Shop.GraphQL.Schema.Limits;

namespace Shop.GraphQL.Schema;

/// <summary>Registers the schema.</summary>
internal static class GraphServices
{
    /// <summary>The schema of these modules, their resolvers (scoped) and loaders. Built when the host starts.</summary>
    public static IServiceCollection AddShopGraph(
        this IServiceCollection services,
        params IReadOnlyList<IGraphModule> modules
    )
    {
        var graph = new GraphModuleBuilder();
        foreach (var module in modules.Append(new SharedModule()))
        {
            module.Configure(graph);
        }

        foreach (var resolver in graph.Resolvers)
        {
            services.TryAddScoped(resolver);
        }

        services.TryAddScoped<SubgraphQueries>();
        services.TryAddScoped<ReadTarget>();
        services.TryAddScoped<LoaderContext>();
        services.TryAddSingleton<SharedLoads>();
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddOptionsWithValidateOnStart<GraphLimits>()
            .BindConfiguration(GraphLimits.Section)
            .ValidateDataAnnotations();
        services
            .AddOptionsWithValidateOnStart<FederationOptions>()
            .BindConfiguration(FederationOptions.Section)
            .ValidateDataAnnotations();
        services
            .AddOptionsWithValidateOnStart<TransportOptions>()
            .BindConfiguration(TransportOptions.Section)
            .ValidateDataAnnotations();
        services.AddDocumentLookup();
        services
            .AddOptionsWithValidateOnStart<AnswerCacheOptions>()
            .BindConfiguration(AnswerCacheOptions.Section)
            .ValidateDataAnnotations();
        services.AddSingleton(provider => new GraphEngine(
            graph,
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<IOptions<GraphLimits>>().Value,
            provider.GetRequiredService<IOptions<FederationOptions>>().Value,
            provider.GetRequiredService<DocumentLookup>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GraphEngine>>()
        ));
        // Schemes are the host's to add; without one, every caller is a guest.
        services.AddAuthenticationCore();
        services.AddSingleton<WhoAsks>();
        services.AddSingleton<OpenConnections>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<SocketEndpoint>();
        services.AddSingleton<AnswerStore>();
        services.AddSingleton<Changes>();
        services.AddSingleton<PublicAnswers>();
        services.AddSingleton<GraphOverHttp>();
        services.AddHostedService<SchemaAtStart>();
        return services;
    }

    // An invalid schema, or a registered document that does not fit it, stops the host instead of failing a shopper.
    private sealed class SchemaAtStart(
        GraphEngine engine,
        TrustedDocuments documents,
        ILogger<GraphEngine> log
    ) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (var document in documents.All)
            {
                await engine.LearnAsync(document);
            }

            log.SchemaReady(engine.Schema.AllTypes.Count);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
