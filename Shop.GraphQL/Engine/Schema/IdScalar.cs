using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Schema;

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

    // Every text passes: reading it tells what is wrong with it under a code of its own.
    /// <inheritdoc />
    public override bool CanParseLiteral(GraphQLValue value) =>
        value is GraphQLStringValue or GraphQLNullValue;

    /// <inheritdoc />
    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLStringValue text => Read(text.Value.ToString()),
            GraphQLNullValue => null,
            _ => ThrowLiteralConversionError(value),
        };

    /// <inheritdoc />
    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            GlobalId known => known,
            string text => Read(text),
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

    private static GlobalId Read(string text) =>
        GlobalId.TryParse(text, out var id) ? id : throw new InvalidIdError(text, "anything");
}
