using System.Linq.Expressions;

namespace Shop.GraphQL.Engine.Filters;

/// <summary>Puts one expression in the place of another, to make conditions out of parts.</summary>
internal sealed class Swap : ExpressionVisitor
{
    private readonly Expression _from;
    private readonly Expression _to;

    private Swap(Expression from, Expression to) => (_from, _to) = (from, to);

    /// <summary>The expression with <paramref name="to"/> wherever <paramref name="from"/> stood.</summary>
    public static Expression In(Expression expression, Expression from, Expression to) =>
        new Swap(from, to).Visit(expression)!;

    /// <inheritdoc />
    public override Expression? Visit(Expression? node) => node == _from ? _to : base.Visit(node);
}
