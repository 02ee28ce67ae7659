using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>
/// Finds out whether an operation reads the same for whoever asks. A field that does not say so depends on the caller;
/// so do introspection, <c>node</c> and whatever is reached through an interface.
/// </summary>
internal sealed class Publicness(GraphQLDocument document, ISchema schema)
{
    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments = document
        .Definitions.OfType<GraphQLFragmentDefinition>()
        .ToDictionary(fragment => fragment.FragmentName.Name.StringValue, StringComparer.Ordinal);

    // Each fragment once, however often it is spread.
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Of a valid document's operation.</summary>
    public bool Of(GraphQLOperationDefinition operation) =>
        operation.Operation == OperationType.Query && IsPublic(schema.Query, operation.SelectionSet);

    private bool IsPublic(IGraphType type, GraphQLSelectionSet? selection) =>
        selection is null
        || selection.Selections.TrueForAll(part =>
            part switch
            {
                GraphQLField field => IsPublic(type, field),
                GraphQLInlineFragment inline => IsPublic(Narrowed(type, inline), inline.SelectionSet),
                GraphQLFragmentSpread spread => IsPublic(spread.FragmentName.Name.StringValue),
                _ => false,
            }
        );

    private bool IsPublic(IGraphType type, GraphQLField field)
    {
        var name = field.Name.StringValue;
        return name == schema.TypeNameMetaFieldType.Name
            || (
                (type as IComplexGraphType)?.GetField(field.Name) is { } definition
                && definition.IsPublic()
                && IsPublic(definition.ResolvedType!.GetNamedType(), field.SelectionSet)
            );
    }

    private bool IsPublic(string fragment)
    {
        if (!_known.TryGetValue(fragment, out var isPublic))
        {
            var definition = _fragments[fragment];
            isPublic = IsPublic(TypeOf(definition.TypeCondition), definition.SelectionSet);
            _known.Add(fragment, isPublic);
        }

        return isPublic;
    }

    private IGraphType Narrowed(IGraphType type, GraphQLInlineFragment inline) =>
        inline.TypeCondition is { } condition ? TypeOf(condition) : type;

    private IGraphType TypeOf(GraphQLTypeCondition condition) =>
        schema.AllTypes[condition.Type.Name.StringValue]!;
}
