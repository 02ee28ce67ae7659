using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Schema;

/// <summary>
/// The standard scalar <c>ID</c>, made strict: it takes the ids this shop has given out and nothing else, so that a
/// resolver never sees a malformed one.
/// </summary>
internal sealed class IdScalar : ScalarGraphType
{
    public IdScalar()
    {
        Name = "ID";
        Description = "An opaque id, as given out by this shop. Keep it as it is; what is inside may change.";
    }

    /// <inheritdoc />
    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLStringValue text when GlobalId.TryParse(text.Value.ToString(), out var id) => id,
            GraphQLNullValue => null,
            _ => ThrowLiteralConversionError(value),
        };

    /// <inheritdoc />
    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            GlobalId known => known,
            string text when GlobalId.TryParse(text, out var id) => id,
            _ => ThrowValueConversionError(value),
        };

    /// <inheritdoc />
    public override object? Serialize(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            GlobalId id => id.ToString(),
            _ when IdKinds.Knows(value.GetType()) => IdKinds.Write(value).ToString(),
            _ => ThrowSerializationError(value),
        };
}
