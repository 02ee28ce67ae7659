using System.Globalization;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Scalars;

/// <summary>An exact number, written as text because JSON numbers become binary fractions in most clients.</summary>
internal sealed class DecimalScalar()
    : TextScalar<decimal>(
        "Decimal",
        "An exact decimal number as a string, such as `\"12.90\"`; up to 28 significant digits.",
        "https://www.rfc-editor.org/rfc/rfc8259#section-6"
    )
{
    /// <inheritdoc />
    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLIntValue number when TryRead(number.Value.ToString(), out var read) => read,
            GraphQLFloatValue number when TryRead(number.Value.ToString(), out var read) => read,
            _ => base.ParseLiteral(value),
        };

    /// <inheritdoc />
    public override object? ParseValue(object? value) =>
        value is int or long
            ? Convert.ToDecimal(value, CultureInfo.InvariantCulture)
            : base.ParseValue(value);

    protected override bool TryRead(string text, out decimal value) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out value
        );

    protected override string Write(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
