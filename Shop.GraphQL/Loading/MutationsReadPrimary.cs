using GraphQL.Execution;
using GraphQLParser.AST;
using Shop.Data.Storage;

namespace Shop.GraphQL.Loading;

/// <summary>
/// What a mutation writes its payload must show, and what an event announces its reader must see: both read the
/// primary. Queries stay on the replicas. Runs before each operation and before each event of a subscription.
/// </summary>
internal sealed class MutationsReadPrimary : DocumentExecutionListenerBase
{
    /// <inheritdoc />
    public override Task BeforeExecutionAsync(IExecutionContext context)
    {
        if (context.Operation.Operation != OperationType.Query)
        {
            context.RequestServices!.GetRequiredService<ReadTarget>().UsePrimary();
        }

        return Task.CompletedTask;
    }
}
