using System.Linq.Expressions;

namespace Shop.GraphQL.Engine.Filters;

/// <summary>A range of time.</summary>
[Filter]
internal sealed record DateTimeFilter
{
    /// <summary>Then or later.</summary>
    public DateTimeOffset? Gte { get; init; }

    /// <summary>Then or earlier.</summary>
    public DateTimeOffset? Lte { get; init; }

    /// <summary>What a filter asks of a row; nothing where there is none.</summary>
    internal static IEnumerable<Expression<Func<TRow, bool>>> Conditions<TRow>(
        DateTimeFilter? filter,
        Func<DateTimeOffset, Expression<Func<TRow, bool>>> from,
        Func<DateTimeOffset, Expression<Func<TRow, bool>>> to
    )
    {
        if (filter?.Gte is { } earliest)
        {
            yield return from(earliest);
        }

        if (filter?.Lte is { } latest)
        {
            yield return to(latest);
        }
    }
}
