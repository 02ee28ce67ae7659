using System.Security.Claims;
using GraphQLParser.AST;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Documents;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Shop.GraphQL.Engine.Events;

/// <summary>
/// Runs the event of a subscription once for all who have asked the same and are told of it at the same moment: a SKU that is
/// being sold is watched by a thousand pages. Only what reads the same for all is shared, and it is run for nobody in
/// particular. Thread-safe.
/// </summary>
internal sealed class SharedEvents
{
    private readonly SharedReads<Asked, Task<ExecutionResult>> _runs = new(RunAsync);

    /// <summary>Where a subscription's events are run with those of others; null where they depend on who asks.</summary>
    public Share? Of(ExecutionContext opened)
    {
        if (
            opened.UserContext is not Caller { Operation.IsSameForAll: true } caller
            || Asker.IsInGroup(opened.User)
        )
        {
            return null;
        }

        opened.User = new ClaimsPrincipal(new ClaimsIdentity());
        return new(this, opened.Document, opened.Operation, Text(opened, caller.Currency));
    }

    // In one spelling, as far as clients send it in one.
    private static string Text(ExecutionContext opened, string? currency) =>
        currency
        + StoredJson.Write(opened.Variables?.Select(variable => (object?[])[variable.Name, variable.Value]));

    private static async Task<IReadOnlyDictionary<Asked, Task<ExecutionResult>>> RunAsync(
        IReadOnlyCollection<Asked> events
    )
    {
        // Each by itself, so that one that fails fails for those who asked for it; and at once, so that they read together.
        var running = events.ToDictionary(one => one, one => one.RunAsync());
        await ((Task)Task.WhenAll(running.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running;
    }

    /// <summary>What subscribers have asked who may share.</summary>
    internal sealed class Share(
        SharedEvents events,
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        string variables
    )
    {
        /// <summary>The answer to an event: of a run that begins from now on, by this or another subscriber.</summary>
        /// <param name="value">The event; equal ones are one.</param>
        /// <param name="run">Answers it. What one subscriber does, such as leaving, must not end it for the others.</param>
        /// <param name="cancel">Ends the wait.</param>
        public async Task<ExecutionResult> RunAsync(
            object? value,
            Func<Task<ExecutionResult>> run,
            CancellationToken cancel
        ) =>
            await (
                await events._runs.ReadAsync(
                    new(document, operation, variables, value, async () => new SharedResult(await run())),
                    cancel
                )
            )!;
    }

    /// <summary>An event and what is asked of it; how it is run makes no difference.</summary>
    private sealed class Asked(
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        string variables,
        object? value,
        Func<Task<ExecutionResult>> run
    ) : IEquatable<Asked>
    {
        private readonly (GraphQLDocument, GraphQLOperationDefinition, string, object?) _what = (
            document,
            operation,
            variables,
            value
        );

        public Task<ExecutionResult> RunAsync() => run();

        public bool Equals(Asked? other) => other is not null && _what.Equals(other._what);

        public override bool Equals(object? obj) => Equals(obj as Asked);

        public override int GetHashCode() => _what.GetHashCode();
    }
}

/// <summary>A result that goes to many; nobody changes it.</summary>
internal sealed class SharedResult(ExecutionResult result) : ExecutionResult(result)
{
    /// <summary>As it was written for the first of them; null until then.</summary>
    public byte[]? Written { get; set; }
}
