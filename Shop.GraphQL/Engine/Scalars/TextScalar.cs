using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Scalars;

/// <summary>A scalar that travels as a JSON string.</summary>
internal abstract class TextScalar<T> : ScalarGraphType
    where T : notnull
{
    protected TextScalar(string name, string description, string specification)
    {
        Name = name;
        Description = description;
        this.ApplyDirective("specifiedBy", "url", specification);
    }

    /// <inheritdoc />
    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLStringValue text when TryRead(text.Value.ToString(), out var read) => read,
            GraphQLNullValue => null,
            _ => ThrowLiteralConversionError(value, Description),
        };

    /// <inheritdoc />
    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            T known => known,
            string text when TryRead(text, out var read) => read,
            _ => ThrowValueConversionError(value),
        };

    /// <inheritdoc />
    public override object? Serialize(object? value) =>
        value switch
        {
            null => null,
            T known => Write(known),
            _ => ThrowSerializationError(value),
        };

    protected abstract bool TryRead(string text, out T value);

    protected abstract string Write(T value);
}
