using GraphQL.Execution;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// Finishes each root field of a mutation, payload and loaders included, before the next one begins. The engine's own
/// serial strategy leaves loaders for the end, where a payload would show what later mutations have done.
/// </summary>
internal sealed class OneMutationAtATime : ExecutionStrategy
{
    private readonly SerialExecutionStrategy _each = new();

    /// <inheritdoc />
    public override async Task ExecuteNodeTreeAsync(ExecutionContext context, ExecutionNode rootNode)
    {
        foreach (var field in ((RootExecutionNode)rootNode).SubFields!)
        {
            await _each.ExecuteNodeTreeAsync(context, field);
        }
    }
}
