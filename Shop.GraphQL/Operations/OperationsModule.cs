using Shop.Data.Storage;
using Shop.GraphQL.Operations.Heap;

namespace Shop.GraphQL.Operations;

/// <summary>What operators see of how the shop runs, and do about it. It is no context: what it shows is kept elsewhere.</summary>
internal sealed class OperationsModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<DeadMessageId>("DeadMessage", id => id.ToString(), DeadMessageId.Parse)
            .Query<OperationQueries>()
            .Mutation<OperationMutations>();
}

/// <summary>Registers it.</summary>
internal static class OperationsServices
{
    /// <summary>What the fields ask. Wants messages and jobs registered.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services) =>
        services
            .AddReplicas()
            .AddSingleton<StoreTimeout>()
            .AddSingleton<CacheCounts>()
            .AddHostedService<TellCaches>()
            .AddSingleton<OwnHeap>()
            .AddSingleton<HeapTurn>()
            .AddSingleton<HeapEndpoint>()
            .AddScoped<OperationsPage>();
}
