using System.Reflection;
using GraphQL.Types;

namespace Shop.GraphQL.Engine.Descriptions;

/// <summary>Describes what has no description of its own as the XML docs do: types, fields, arguments and the values of enums.</summary>
[AttributeUsage(AttributeTargets.All)]
internal sealed class DescribedByDocsAttribute : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(IGraphType graphType, Type sourceType) =>
        graphType.Description ??= XmlDocs.Of(sourceType);

    /// <inheritdoc />
    /// <remarks>For enums, which are given no source.</remarks>
    public override void Modify(IGraphType graphType)
    {
        if (graphType is EnumerationGraphType && graphType.GetType() is { IsGenericType: true } type)
        {
            Modify(graphType, type.GetGenericArguments()[0]);
        }
    }

    /// <inheritdoc />
    public override void Modify(
        FieldType fieldType,
        bool isInputType,
        IGraphType graphType,
        MemberInfo memberInfo,
        ref bool ignore
    ) => fieldType.Description ??= XmlDocs.Of(memberInfo);

    /// <inheritdoc />
    public override void Modify(QueryArgument queryArgument, ParameterInfo parameterInfo) =>
        queryArgument.Description ??= XmlDocs.Of(parameterInfo);

    /// <inheritdoc />
    public override void Modify(EnumValueDefinition enumValueDefinition)
    {
        var value = enumValueDefinition.Value!;
        if (value.GetType().GetField($"{value}") is { } field)
        {
            enumValueDefinition.Description ??= XmlDocs.Of(field);
        }
    }
}
