using GraphQL.Types;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>Marks something as on its way out; unlike <c>[Obsolete]</c> it leaves our own code in peace.</summary>
/// <param name="useInstead">What to use, as a sentence.</param>
/// <param name="until">The day of its removal, as <c>2027-01-31</c>.</param>
[AttributeUsage(AttributeTargets.All)]
internal sealed class DeprecatedAttribute(string useInstead, string until) : GraphQLAttribute
{
    private string Reason => $"{useInstead} Will be removed on {until}.";

    /// <inheritdoc />
    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.DeprecationReason = Reason;

    /// <inheritdoc />
    public override void Modify(QueryArgument queryArgument) => queryArgument.DeprecationReason = Reason;

    /// <inheritdoc />
    public override void Modify(EnumValueDefinition enumValueDefinition) =>
        enumValueDefinition.DeprecationReason = Reason;
}
