using System.Linq.Expressions;

namespace Shop.GraphQL.Engine.Filters;

/// <summary>A text, letter by letter.</summary>
[Filter]
internal sealed record TextFilter
{
    /// <summary>This one.</summary>
    [MaxText(200)]
    public string? Eq { get; init; }

    /// <summary>One of these; at most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<string>? In { get; init; }

    /// <summary>What a filter asks of a row; nothing where there is none.</summary>
    internal static IEnumerable<Expression<Func<TRow, bool>>> Conditions<TRow>(
        TextFilter? filter,
        Func<string, Expression<Func<TRow, bool>>> equals,
        Func<IReadOnlyList<string>, Expression<Func<TRow, bool>>> isOneOf
    )
    {
        if (filter?.Eq is { } one)
        {
            yield return equals(one);
        }

        if (filter?.In is { } many)
        {
            yield return isOneOf(many);
        }
    }
}
