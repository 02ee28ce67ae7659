using System.Linq.Expressions;

namespace Shop.GraphQL.Engine.Filters;

/// <summary>
/// Turns the filter of a client, with its <c>and</c>, <c>or</c> and <c>not</c>, into one condition of one statement. Values
/// travel as parameters.
/// </summary>
/// <param name="own">What a filter itself asks for, one condition each.</param>
/// <param name="nested">What is nested in it.</param>
internal sealed class ConditionTree<TWhere, TRow>(
    Func<TWhere, IEnumerable<Expression<Func<TRow, bool>>>> own,
    Func<TWhere, NestedFilters<TWhere>> nested
)
    where TWhere : class
{
    private readonly FilterLimits _limits = new();

    /// <summary>The rows that a filter lets through; all of them where there is none.</summary>
    /// <exception cref="ExecutionError">The filter is nested too deeply, or has too many conditions.</exception>
    public IQueryable<TRow> Apply(IQueryable<TRow> rows, TWhere? where) =>
        where is null ? rows : rows.Where(All(where, depth: 1));

    private Expression<Func<TRow, bool>> All(TWhere where, int depth)
    {
        FilterLimits.Enter(depth);
        List<Expression<Func<TRow, bool>>> parts = [.. own(where)];
        _limits.Count(parts.Count);
        var inside = nested(where);
        if (inside.And is { Count: > 0 } and)
        {
            parts.AddRange(and.Select(part => All(part, depth + 1)));
        }

        if (inside.Or is { } or)
        {
            parts.Add(
                or.Select(part => All(part, depth + 1))
                    .Aggregate((Expression<Func<TRow, bool>>)(_ => false), Either)
            );
        }

        if (inside.Not is { } not)
        {
            var condition = All(not, depth + 1);
            parts.Add(
                Expression.Lambda<Func<TRow, bool>>(Expression.Not(condition.Body), condition.Parameters)
            );
        }

        return parts.Aggregate((Expression<Func<TRow, bool>>)(_ => true), Both);
    }

    private static Expression<Func<TRow, bool>> Both(
        Expression<Func<TRow, bool>> left,
        Expression<Func<TRow, bool>> right
    ) =>
        Expression.Lambda<Func<TRow, bool>>(
            Expression.AndAlso(left.Body, Swap.In(right.Body, right.Parameters[0], left.Parameters[0])),
            left.Parameters
        );

    private static Expression<Func<TRow, bool>> Either(
        Expression<Func<TRow, bool>> left,
        Expression<Func<TRow, bool>> right
    ) =>
        Expression.Lambda<Func<TRow, bool>>(
            Expression.OrElse(left.Body, Swap.In(right.Body, right.Parameters[0], left.Parameters[0])),
            left.Parameters
        );
}

/// <summary>Filters inside of a filter.</summary>
internal readonly record struct NestedFilters<TWhere>(
    IReadOnlyList<TWhere>? And,
    IReadOnlyList<TWhere>? Or,
    TWhere? Not
);
