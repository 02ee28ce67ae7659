using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shop.Data.Storage;
using Shop.Data.Telemetry;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Federation;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>Registers the schema.</summary>
internal static class GraphServices
{
    /// <summary>
    /// The schemas of these modules, for shoppers and (keyed with <see cref="Audience.Staff"/>) for staff, their resolvers
    /// (scoped) and loaders. Built when the host starts.
    /// </summary>
    public static IServiceCollection AddShopGraph(
        this IServiceCollection services,
        params IReadOnlyList<IGraphModule> modules
    )
    {
        var (forShoppers, forStaff) = (Graph(modules, Audience.Shoppers), Graph(modules, Audience.Staff));
        foreach (var resolver in forStaff.Resolvers)
        {
            services.TryAddScoped(resolver);
        }

        services.Add(forStaff.Services);
        services.TryAddScoped<SubgraphQueries>();
        services.TryAddScoped<ReadTarget>();
        services.TryAddScoped<LoaderContext>();
        services.TryAddScoped<GoodUntil>();
        services.TryAddScoped<Asker>();
        services.TryAddSingleton<SharedLoads>();
        services.TryAddSingleton<EntityCaches>();
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddSettings<GraphLimits>(GraphLimits.Section)
            .AddSettings<FederationOptions>(FederationOptions.Section)
            .AddDocumentLookup()
            .AddShopMeter();
        services.AddKeyedSingleton(Audience.Shoppers, (provider, _) => Schema(provider, forShoppers));
        services.AddKeyedSingleton(Audience.Staff, (provider, _) => Schema(provider, forStaff));
        services.AddSingleton(provider => Engine(provider, Audience.Shoppers));
        services.AddKeyedSingleton(Audience.Staff, (provider, _) => Engine(provider, Audience.Staff));
        return services.AddHostedService<SchemaAtStart>();
    }

    /// <summary>What these modules have for an audience, and the engine's own.</summary>
    public static GraphModuleBuilder Graph(IReadOnlyList<IGraphModule> modules, Audience audience)
    {
        var graph = new GraphModuleBuilder(audience);
        foreach (var module in modules.Append(new EngineModule()))
        {
            module.Configure(graph);
        }

        return graph;
    }

    private static ShopSchema Schema(IServiceProvider provider, GraphModuleBuilder graph) =>
        ShopSchema.Of(graph, provider.GetRequiredService<IOptions<FederationOptions>>().Value);

    private static GraphEngine Engine(IServiceProvider provider, Audience audience) =>
        new(
            provider.GetRequiredKeyedService<ShopSchema>(audience),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<IOptions<GraphLimits>>().Value,
            provider.GetRequiredService<DocumentLookup>(),
            provider.GetRequiredService<ShopMeter>(),
            provider.GetService<AdmitOperation>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GraphEngine>>()
        );

    // An invalid schema, or a registered document that fits neither, stops the host instead of failing a shopper.
    private sealed class SchemaAtStart(
        GraphEngine shoppers,
        [FromKeyedServices(Audience.Staff)] GraphEngine staff,
        TrustedDocuments documents,
        ILogger<GraphEngine> log
    ) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (var document in documents.All)
            {
                await LearnAsync(document);
            }

            log.SchemaReady(shoppers.Schema.AllTypes.Count, staff.Schema.AllTypes.Count);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private async Task LearnAsync(TrustedDocument document)
        {
            try
            {
                await shoppers.LearnAsync(document);
            }
            catch (InvalidDataException)
            {
                // What staff's own tools send.
                await staff.LearnAsync(document);
            }
        }
    }
}
