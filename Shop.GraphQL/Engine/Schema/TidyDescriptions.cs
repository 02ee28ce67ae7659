using System.Text.RegularExpressions;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>Joins the lines of a description: in the XML docs they break where our editor does, with its indentation.</summary>
internal sealed partial class TidyDescriptions : BaseSchemaNodeVisitor
{
    /// <inheritdoc />
    public override void VisitObject(IObjectGraphType type, ISchema schema) => Tidy(type);

    /// <inheritdoc />
    public override void VisitInterface(IInterfaceGraphType type, ISchema schema) => Tidy(type);

    /// <inheritdoc />
    public override void VisitInputObject(IInputObjectGraphType type, ISchema schema) => Tidy(type);

    /// <inheritdoc />
    public override void VisitUnion(UnionGraphType type, ISchema schema) => Tidy(type);

    /// <inheritdoc />
    public override void VisitEnum(EnumerationGraphType type, ISchema schema) => Tidy(type);

    /// <inheritdoc />
    public override void VisitEnumValue(
        EnumValueDefinition value,
        EnumerationGraphType type,
        ISchema schema
    ) => Tidy(value);

    /// <inheritdoc />
    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema) =>
        Tidy(field);

    /// <inheritdoc />
    public override void VisitInterfaceFieldDefinition(
        FieldType field,
        IInterfaceGraphType type,
        ISchema schema
    ) => Tidy(field);

    /// <inheritdoc />
    public override void VisitInputObjectFieldDefinition(
        FieldType field,
        IInputObjectGraphType type,
        ISchema schema
    ) => Tidy(field);

    /// <inheritdoc />
    public override void VisitObjectFieldArgumentDefinition(
        QueryArgument argument,
        FieldType field,
        IObjectGraphType type,
        ISchema schema
    ) => Tidy(argument);

    private static void Tidy(IProvideDescription described)
    {
        if (described.Description is { } text)
        {
            described.Description = LineBreaks().Replace(text, " ");
        }
    }

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineBreaks();
}
