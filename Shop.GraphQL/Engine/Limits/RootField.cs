using GraphQLParser.AST;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>A field that an operation selects of its root.</summary>
/// <param name="Name">As the schema calls it, whatever its alias.</param>
/// <param name="Syntax">As it is written.</param>
internal readonly record struct RootField(string Name, GraphQLField Syntax)
{
    /// <summary>Those of a valid document's operation, in fragments as well: each as often as it is selected.</summary>
    public static IReadOnlyList<RootField> Of(GraphQLOperationDefinition operation, DocumentTypes types)
    {
        var found = new List<RootField>();
        Collect(operation.SelectionSet, types, found);
        return found;
    }

    private static void Collect(GraphQLSelectionSet selection, DocumentTypes types, List<RootField> found)
    {
        foreach (var part in selection.Selections)
        {
            switch (part)
            {
                case GraphQLField field:
                    found.Add(new(field.Name.StringValue, field));
                    break;
                case GraphQLInlineFragment inline:
                    Collect(inline.SelectionSet, types, found);
                    break;
                case GraphQLFragmentSpread spread:
                    Collect(types.FragmentOf(spread).SelectionSet, types, found);
                    break;
            }
        }
    }
}
