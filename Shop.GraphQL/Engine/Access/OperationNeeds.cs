using GraphQL.Types;
using GraphQLParser.AST;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Access;

/// <summary>Finds out what an operation needs of its sender: all that its fields need, in fragments as well.</summary>
internal sealed class OperationNeeds(DocumentTypes types)
{
    private readonly Dictionary<Need, string> _found = [];
    private readonly HashSet<GraphQLFragmentDefinition> _seen = [];

    /// <summary>Each need of a valid document's operation, with a field that has it, such as <c>Mutation.stockSet</c>.</summary>
    public static IReadOnlyDictionary<Need, string> Of(
        GraphQLOperationDefinition operation,
        DocumentTypes types
    )
    {
        var needs = new OperationNeeds(types);
        needs.Collect(types.RootOf(operation), operation.SelectionSet);
        return needs._found;
    }

    private void Collect(IGraphType type, GraphQLSelectionSet? selection)
    {
        foreach (var part in selection?.Selections ?? [])
        {
            switch (part)
            {
                case GraphQLField field when DocumentTypes.DefinitionOf(type, field) is { } definition:
                    if (definition.Need() is { } need)
                    {
                        _found.TryAdd(need, $"{type.Name}.{definition.Name}");
                    }

                    Collect(DocumentTypes.TypeOf(definition), field.SelectionSet);
                    break;
                case GraphQLInlineFragment inline:
                    Collect(types.TypeOf(inline, type), inline.SelectionSet);
                    break;
                case GraphQLFragmentSpread spread
                    when types.FragmentOf(spread) is var fragment && _seen.Add(fragment):
                    Collect(types.TypeOf(fragment), fragment.SelectionSet);
                    break;
            }
        }
    }
}
