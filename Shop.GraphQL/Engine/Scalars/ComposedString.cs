using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Scalars;

/// <summary>The language's own String; each text that a client sends is read in its composed form.</summary>
internal sealed class ComposedString : StringGraphType
{
    public ComposedString() => Name = "String";

    /// <inheritdoc />
    public override object? ParseLiteral(GraphQLValue value) => Composed(base.ParseLiteral(value));

    /// <inheritdoc />
    public override object? ParseValue(object? value) => Composed(base.ParseValue(value));

    private static object? Composed(object? value) => value is string text ? PlainText.Composed(text) : value;
}
