using System.Collections.Concurrent;
using GraphQL.Validation;
using GraphQLParser.AST;
using Shop.GraphQL.Schema.Documents;

namespace Shop.GraphQL.Schema.Limits;

/// <summary>Refuses what costs too much; one for each document. Thread-safe.</summary>
internal sealed class CostLimit(int maxCost) : ValidationRuleBase
{
    // What costs the same with any variables is counted once.
    private readonly ConcurrentDictionary<GraphQLOperationDefinition, long> _fixed = new();

    /// <inheritdoc />
    public override ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context)
    {
        var cost = CostOf(context);
        if (context.UserContext is Caller caller)
        {
            cost = caller.Charge(cost);
        }

        LimitExceeded.Hold(Limit.Cost, maxCost, cost);
        return default;
    }

    private long CostOf(ValidationContext context)
    {
        if (!_fixed.TryGetValue(context.Operation, out var cost))
        {
            var count = new CostCount(context);
            cost = count.Of(context.Operation);
            if (count.IsFixed)
            {
                _fixed.TryAdd(context.Operation, cost);
            }
        }

        return cost;
    }
}
