using GraphQL.Execution;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>How an operation ended, in the words of the metrics.</summary>
internal static class OperationOutcome
{
    private const string Problems = "problems";

    /// <summary><c>throttled</c> and <c>error</c> by its errors, <c>problem</c> where a mutation told of one, else <c>ok</c>.</summary>
    /// <remarks>A client's own mistake is <c>problem</c>, too: what is <c>error</c> is the shop's fault.</remarks>
    public static string Of(ExecutionResult result)
    {
        if (result.Errors is { Count: > 0 } errors)
        {
            return errors.Any(error => error is UnhandledError or TimeoutError) ? "error"
                : errors.Any(error => error.Code == ErrorCode.Throttled) ? "throttled"
                : "problem";
        }

        return HasProblem(result.Data) ? "problem" : "ok";
    }

    private static bool HasProblem(object? data) =>
        data is RootExecutionNode { SubFields: { } roots }
        && roots.OfType<ObjectExecutionNode>().SelectMany(root => root.SubFields ?? []).Any(IsProblems);

    private static bool IsProblems(ExecutionNode node) =>
        node is ArrayExecutionNode { Items.Count: > 0, Field.Name.StringValue: Problems };
}
