namespace Shop.GraphQL.Engine.Filters;

/// <summary>How much one filter may ask: counted while it is read.</summary>
internal sealed class FilterLimits
{
    private const int MaxDepth = 4;
    private const int MaxConditions = 50;

    private int _count;

    /// <exception cref="ExecutionError">It is nested too deeply.</exception>
    public static void Enter(int depth) =>
        Refuse(depth > MaxDepth, $"`where` may be nested {MaxDepth} levels deep.");

    /// <exception cref="ExecutionError">With these it has too many conditions.</exception>
    public void Count(int conditions) =>
        Refuse((_count += conditions) > MaxConditions, $"`where` may have {MaxConditions} conditions.");

    private static void Refuse(bool tooMuch, string limit)
    {
        if (tooMuch)
        {
            throw new ExecutionError(limit) { Code = ErrorCode.LimitExceeded };
        }
    }
}
