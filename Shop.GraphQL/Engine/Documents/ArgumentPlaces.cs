using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// Where an operation has arguments and directives: found once, so that no request has to look for them again.
/// </summary>
internal sealed class ArgumentPlaces
{
    private readonly DocumentTypes _types;
    private readonly HashSet<GraphQLFragmentDefinition> _seen = [];

    public ArgumentPlaces(GraphQLOperationDefinition operation, DocumentTypes types)
    {
        _types = types;
        Look(types.RootOf(operation), operation.SelectionSet);
    }

    /// <summary>Those of which everything stands in the text.</summary>
    public Places Fixed { get; } = new([], []);

    /// <summary>Those that are a variable, or have one in them.</summary>
    public Places Varying { get; } = new([], []);

    private void Look(IGraphType type, GraphQLSelectionSet? selection)
    {
        foreach (var part in selection?.Selections ?? [])
        {
            LookForDirectives(part);
            switch (part)
            {
                case GraphQLField field:
                    Look(type, field);
                    break;
                case GraphQLInlineFragment inline:
                    Look(_types.TypeOf(inline, type), inline.SelectionSet);
                    break;
                case GraphQLFragmentSpread spread when _seen.Add(_types.FragmentOf(spread)):
                    var fragment = _types.FragmentOf(spread);
                    LookForDirectives(fragment);
                    Look(_types.TypeOf(fragment), fragment.SelectionSet);
                    break;
            }
        }
    }

    private void Look(IGraphType type, GraphQLField field)
    {
        if ((DocumentTypes.DefinitionOf(type, field) ?? Meta(field)) is not { } definition)
        {
            return;
        }

        if (field.Arguments is { Count: > 0 } arguments)
        {
            var isVarying = arguments.Any(argument => HasVariable(argument.Value));
            (isVarying ? Varying : Fixed).Fields.Add((field, definition));
        }

        Look(DocumentTypes.TypeOf(definition), field.SelectionSet);
    }

    private FieldType? Meta(GraphQLField field) =>
        field.Name.Value == _types.Schema.TypeMetaFieldType.Name ? _types.Schema.TypeMetaFieldType
        : field.Name.Value == _types.Schema.SchemaMetaFieldType.Name ? _types.Schema.SchemaMetaFieldType
        : null;

    private void LookForDirectives(ASTNode part)
    {
        if (part is IHasDirectivesNode { Directives: { Count: > 0 } directives })
        {
            var isVarying = directives.Any(directive =>
                directive.Arguments?.Any(argument => HasVariable(argument.Value)) == true
            );
            (isVarying ? Varying : Fixed).Directives.Add(part);
        }
    }

    private static bool HasVariable(GraphQLValue value) =>
        value switch
        {
            GraphQLVariable => true,
            GraphQLListValue list => list.Values?.Any(HasVariable) == true,
            GraphQLObjectValue members => members.Fields?.Any(member => HasVariable(member.Value)) == true,
            _ => false,
        };

    /// <summary>Some of them.</summary>
    /// <param name="Fields">Fields with arguments.</param>
    /// <param name="Directives">Parts with directives.</param>
    internal sealed record Places(
        List<(GraphQLField Field, FieldType Definition)> Fields,
        List<ASTNode> Directives
    );
}
