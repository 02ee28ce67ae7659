using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Federation;

/// <summary>How a router names an object: its type, and the fields of one of the type's keys.</summary>
/// <param name="TypeName">The GraphQL type, such as <c>Product</c>.</param>
/// <param name="Fields">Whatever the router sent with it; values are what JSON has.</param>
internal sealed record Representation(string TypeName, IDictionary<string, object?> Fields)
{
    // Our keys have at most 200 characters; what is longer is not looked for.
    private const int MaxLength = 256;

    /// <summary>The value of a key; null where the reference does not have it as a text of sensible length.</summary>
    public string? TextOf(string field) =>
        Fields.TryGetValue(field, out var value) && value is string { Length: <= MaxLength } text
            ? text
            : null;
}

/// <summary>The scalar of a representation, by the specification of federation.</summary>
internal sealed class AnyScalar : ComplexScalarGraphType
{
    public AnyScalar()
    {
        Name = "_Any";
        Description =
            "How a router names an object: `__typename`, and the fields of one of its keys, such as `{__typename: \"Product\", slug: \"bling-key-ring\"}`.";
    }

    /// <inheritdoc />
    public override object? ParseLiteral(GraphQLValue value) => ParseValue(base.ParseLiteral(value));

    /// <inheritdoc />
    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            Representation known => known,
            IDictionary<string, object?> fields
                when fields.TryGetValue("__typename", out var type) && type is string name =>
                new Representation(name, fields),
            _ => ThrowValueConversionError(value),
        };

    /// <inheritdoc />
    public override object? Serialize(object? value) => ThrowSerializationError(value);
}
