using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>What the parts of a valid document mean in a schema.</summary>
internal sealed class DocumentTypes(GraphQLDocument document, ISchema schema)
{
    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments = document
        .Definitions.OfType<GraphQLFragmentDefinition>()
        .ToDictionary(fragment => fragment.FragmentName.Name.StringValue, StringComparer.Ordinal);

    /// <summary>The document itself.</summary>
    public GraphQLDocument Document => document;

    /// <summary>What it is run on.</summary>
    public ISchema Schema => schema;

    /// <summary>The type whose fields an operation selects.</summary>
    public IGraphType RootOf(GraphQLOperationDefinition operation) =>
        operation.Operation switch
        {
            OperationType.Query => schema.Query,
            OperationType.Mutation => schema.Mutation!,
            _ => schema.Subscription!,
        };

    /// <summary>A field as it is defined; null for <c>__schema</c> and the like.</summary>
    public static FieldType? DefinitionOf(IGraphType parent, GraphQLField field) =>
        (parent as IComplexGraphType)?.GetField(field.Name);

    /// <summary>The type of the objects that a field's selection is about.</summary>
    public static IGraphType TypeOf(FieldType field) => field.ResolvedType!.GetNamedType();

    /// <summary>The fragment that is spread.</summary>
    public GraphQLFragmentDefinition FragmentOf(GraphQLFragmentSpread spread) =>
        _fragments[spread.FragmentName.Name.StringValue];

    /// <summary>The type that the selection of a fragment is about.</summary>
    public IGraphType TypeOf(GraphQLFragmentDefinition fragment) => TypeOf(fragment.TypeCondition);

    /// <summary>The type that the selection of an inline fragment is about.</summary>
    /// <param name="inline">The fragment.</param>
    /// <param name="around">The type of the selection that it stands in.</param>
    public IGraphType TypeOf(GraphQLInlineFragment inline, IGraphType around) =>
        inline.TypeCondition is { } condition ? TypeOf(condition) : around;

    private IGraphType TypeOf(GraphQLTypeCondition condition) =>
        schema.AllTypes[condition.Type.Name.StringValue]!;
}
