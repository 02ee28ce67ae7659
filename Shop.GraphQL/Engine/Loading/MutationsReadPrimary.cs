using GraphQL.Execution;
using GraphQLParser.AST;
using Shop.Data.Storage;

namespace Shop.GraphQL.Engine.Loading;

/// <summary>
/// What a mutation writes its payload must show, and what an event announces its reader must see: both read the
/// primary. Queries stay on the replicas. What many subscribers ask at the same moment is read once for all. Runs before
/// each operation and before each event of a subscription.
/// </summary>
internal sealed class MutationsReadPrimary : DocumentExecutionListenerBase
{
    /// <inheritdoc />
    public override Task BeforeExecutionAsync(IExecutionContext context)
    {
        var services = context.RequestServices!;
        if (context.Operation.Operation != OperationType.Query)
        {
            services.GetRequiredService<ReadTarget>().UsePrimary();
        }

        if (context.Operation.Operation == OperationType.Subscription)
        {
            services.GetRequiredService<LoaderContext>().Share();
        }

        return Task.CompletedTask;
    }
}
