using GraphQL.Execution;
using GraphQLParser.AST;
using Shop.Data.Storage;

namespace Shop.GraphQL.Engine.Loading;

/// <summary>
/// What a mutation writes its payload must show, and what an event announces its reader must see: both read the
/// primary. Queries stay on the replicas, but for what staff asks just after they have changed something; what customers write
/// is noted with its position where it is written. What many subscribers ask at the same moment is read once for all. Runs
/// before and after each operation and each event of a subscription.
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

    /// <inheritdoc />
    public override Task AfterExecutionAsync(IExecutionContext context) =>
        context
            is {
                Operation.Operation: OperationType.Mutation,
                Schema: ShopSchema { Audience: Audience.Staff }
            }
        && Asker.Of(context.User, Audience.Staff).Customer is { } actor
        && context.RequestServices!.GetService<WritePositions>() is { } positions
            ? positions.MarkAsync([WritePositions.SubjectOf(actor)], WritePositions.AheadOfReplicas)
            : Task.CompletedTask;
}
