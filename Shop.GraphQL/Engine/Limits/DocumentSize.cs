using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>How much a selection asks for, with the fragments it spreads.</summary>
/// <param name="Selections">Fields and spreads, as often as they are reached.</param>
/// <param name="Depth">Nested fields, leaves included.</param>
/// <param name="Aliases">As often as they are reached.</param>
/// <param name="RootFields">Fields of the selection itself.</param>
/// <param name="Members">Nested lists of members: what makes introspection grow with each level.</param>
/// <param name="IntrospectionDepth">The same, below <c>__schema</c> and <c>__type</c> only.</param>
internal sealed record DocumentSize(
    int Selections,
    int Depth,
    int Aliases,
    int RootFields,
    int Members,
    int IntrospectionDepth
)
{
    // Reading a type needs one; each further one multiplies what is read by the number of fields of a type.
    private const int MaxIntrospectionDepth = 2;

    /// <summary>An empty selection.</summary>
    public static DocumentSize Nothing { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Refuses a document that is too large, before it is checked against the schema.</summary>
    /// <exception cref="LimitExceeded">It is.</exception>
    public static void Hold(GraphQLDocument document, GraphLimits limits)
    {
        var walk = new SizeWalk(document);
        LimitExceeded.Hold(Limit.Selections, limits.MaxSelections, walk.Written);
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            var size = walk.Measure(operation.SelectionSet);
            LimitExceeded.Hold(Limit.Depth, limits.MaxDepth, size.Depth);
            LimitExceeded.Hold(Limit.Aliases, limits.MaxAliases, size.Aliases);
            var (limit, max) =
                operation.Operation == OperationType.Mutation
                    ? (Limit.RootMutations, limits.MaxRootMutations)
                    : (Limit.RootFields, limits.MaxRootFields);
            LimitExceeded.Hold(limit, max, size.RootFields);
            LimitExceeded.Hold(Limit.Selections, limits.MaxSelections, size.Selections);
            LimitExceeded.Hold(Limit.IntrospectionDepth, MaxIntrospectionDepth, size.IntrospectionDepth);
            LimitExceeded.Hold(Limit.Variables, limits.MaxVariables, operation.Variables?.Count ?? 0);
        }
    }

    /// <summary>One selection beside another.</summary>
    public static DocumentSize operator +(DocumentSize left, DocumentSize right) =>
        new(
            Add(left.Selections, right.Selections),
            Math.Max(left.Depth, right.Depth),
            Add(left.Aliases, right.Aliases),
            Add(left.RootFields, right.RootFields),
            Math.Max(left.Members, right.Members),
            Math.Max(left.IntrospectionDepth, right.IntrospectionDepth)
        );

    /// <summary>A field with this below it.</summary>
    public DocumentSize Under(GraphQLField field) =>
        field.Name.StringValue switch
        {
            "__schema" or "__type" => Under(field, Members, Members),
            "fields" or "inputFields" or "interfaces" or "possibleTypes" => Under(
                field,
                Members + 1,
                IntrospectionDepth
            ),
            _ => Under(field, Members, IntrospectionDepth),
        };

    private DocumentSize Under(GraphQLField field, int members, int introspectionDepth) =>
        new(
            Add(Selections, 1),
            Add(Depth, 1),
            Add(Aliases, field.Alias is null ? 0 : 1),
            RootFields: 1,
            members,
            introspectionDepth
        );

    /// <summary>A spread of a fragment that has this in it.</summary>
    public DocumentSize Spread() => this with { Selections = Add(Selections, 1) };

    // Adds without overflowing: fragments that spread fragments multiply, and a number past every limit is enough.
    private static int Add(int left, int right) => (int)Math.Min(1_000_000, (long)left + right);
}
