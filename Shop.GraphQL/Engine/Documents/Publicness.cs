using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// Finds out whether an operation, or each event of a subscription, reads the same for every client. A field that does not say so depends on the caller;
/// so do introspection, <c>node</c> and whatever is reached through an interface; and all that staff asks: they see more.
/// </summary>
internal sealed class Publicness(DocumentTypes types)
{
    // Each fragment once, however often it is spread.
    private readonly Dictionary<GraphQLFragmentDefinition, bool> _known = [];

    private readonly HashSet<string> _channels = new(StringComparer.Ordinal);

    /// <summary>Where it is announced that something has changed of what the operations looked at so far read.</summary>
    public IReadOnlyCollection<string> Channels => _channels;

    /// <summary>Of a valid document's operation.</summary>
    public bool Of(GraphQLOperationDefinition operation) =>
        operation.Operation != OperationType.Mutation
        && types.Schema is ShopSchema { Audience: Audience.Shoppers }
        && IsPublic(types.RootOf(operation), operation.SelectionSet);

    private bool IsPublic(IGraphType type, GraphQLSelectionSet? selection) =>
        selection is null
        || selection.Selections.TrueForAll(part =>
            part switch
            {
                GraphQLField field => IsPublic(type, field),
                GraphQLInlineFragment inline => IsPublic(types.TypeOf(inline, type), inline.SelectionSet),
                GraphQLFragmentSpread spread => IsPublic(types.FragmentOf(spread)),
                _ => false,
            }
        );

    private bool IsPublic(IGraphType type, GraphQLField field) =>
        field.Name.Value == types.Schema.TypeNameMetaFieldType.Name
        || (
            DocumentTypes.DefinitionOf(type, field) is { } definition
            && definition.IsPublic()
            && definition.Need() is null
            && Note(definition.AnnouncedOn())
            && IsPublic(DocumentTypes.TypeOf(definition), field.SelectionSet)
        );

    private bool Note(string? channel)
    {
        if (channel is not null)
        {
            _channels.Add(channel);
        }

        return true;
    }

    private bool IsPublic(GraphQLFragmentDefinition fragment)
    {
        if (!_known.TryGetValue(fragment, out var isPublic))
        {
            isPublic = IsPublic(types.TypeOf(fragment), fragment.SelectionSet);
            _known.Add(fragment, isPublic);
        }

        return isPublic;
    }
}
