using GraphQL.Execution;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Shop.GraphQL.Engine.Events;

/// <summary>
/// Runs each event of a subscription in a scope of its own. In one scope the loaders would show every event what the
/// first one read. An event that takes too long is given up, and the next one is run. What reads the same for all is run once for
/// all who are told of it at the same moment.
/// </summary>
internal sealed class ScopePerEvent(IServiceScopeFactory scopes, GraphLimits limits, TimeProvider clock)
    : SubscriptionExecutionStrategy(new SerialExecutionStrategy())
{
    private readonly SharedEvents _shared = new();

    /// <inheritdoc />
    protected override async Task<IObservable<ExecutionResult>?> ResolveResponseStreamAsync(
        ExecutionContext context,
        ExecutionNode node
    )
    {
        IObservable<object?> source;
        try
        {
            source = await node.FieldDefinition.StreamResolver!.ResolveAsync(
                new ReadonlyResolveFieldContext(node, context)
            );
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            context.Errors.Add(await FaultAsync(context, node, fault));
            return null;
        }

        // The subscription outlives the context and the scope that opened it; no event may hold on to them.
        var kept = CloneExecutionContext(context, default);
        kept.RequestServices = null;
        var run = _shared.Of(kept) is { } shared
            ? (value, cancel) => shared.RunAsync(value, () => RunAsync(kept, node, value, default), cancel)
            : (Func<object?, CancellationToken, Task<ExecutionResult>>)(
                (value, cancel) => RunAsync(kept, node, value, cancel)
            );
        return new EventStream(
            source,
            $"push {node.FieldDefinition.Name}",
            limits.MaxPendingEvents,
            run,
            fault => FaultAsync(kept, node, fault)
        );
    }

    private async Task<ExecutionResult> RunAsync(
        ExecutionContext opened,
        ExecutionNode node,
        object? value,
        CancellationToken cancel
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        using var late = new CancellationTokenSource(limits.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        using var context = CloneExecutionContext(opened, either.Token);
        context.RequestServices = scope.ServiceProvider;
        var result = await ProcessDataAsync(context, node, value);
        return late.IsCancellationRequested && result.Errors is { Count: > 0 }
            ? new ExecutionResult(new TimeoutError())
            : result;
    }

    private async Task<ExecutionError> FaultAsync(
        ExecutionContext context,
        ExecutionNode node,
        Exception fault
    )
    {
        var error =
            fault as ExecutionError
            ?? await HandleExceptionAsync(context, node, fault, "The source of events failed.");
        error.Path = node.ResponsePath;
        return error.AddLocation(node.Field, context.Document);
    }
}
