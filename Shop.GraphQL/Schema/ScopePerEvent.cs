using GraphQL;
using GraphQL.Execution;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Shop.GraphQL.Schema;

/// <summary>
/// Runs each event of a subscription in a scope of its own. In one scope the loaders would show every event what the
/// first one read.
/// </summary>
internal sealed class ScopePerEvent(IServiceScopeFactory scopes)
    : SubscriptionExecutionStrategy(new SerialExecutionStrategy())
{
    /// <inheritdoc />
    protected override ExecutionContext CloneExecutionContext(
        ExecutionContext context,
        CancellationToken token
    )
    {
        // The subscription outlives the scope that opened it; no event may hold on to it.
        var clone = base.CloneExecutionContext(context, token);
        clone.RequestServices = null;
        return clone;
    }

    /// <inheritdoc />
    protected override async ValueTask<ExecutionResult> ProcessDataAsync(
        ExecutionContext context,
        ExecutionNode node,
        object? value
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        return await base.ProcessDataAsync(context, node, value);
    }
}
