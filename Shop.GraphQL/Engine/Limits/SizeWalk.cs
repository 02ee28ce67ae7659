using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>
/// Measures each fragment once, however often it is spread: a kilobyte of fragments that each spread the next one twice
/// would otherwise take years.
/// </summary>
internal sealed class SizeWalk(GraphQLDocument document)
{
    private readonly ILookup<string, GraphQLFragmentDefinition> _fragments = document
        .Definitions.OfType<GraphQLFragmentDefinition>()
        .ToLookup(fragment => fragment.FragmentName.Name.StringValue, StringComparer.Ordinal);

    private readonly Dictionary<string, DocumentSize> _measured = [];

    /// <summary>Fields and spreads of the whole text, whether an operation reaches them or not.</summary>
    public int Written { get; } = document.Definitions.Sum(Count);

    /// <summary>The size of an operation's selection.</summary>
    public DocumentSize Measure(GraphQLSelectionSet? selection) =>
        selection is null
            ? DocumentSize.Nothing
            : selection.Selections.Aggregate(DocumentSize.Nothing, (size, part) => size + Measure(part));

    private DocumentSize Measure(ASTNode part) =>
        part switch
        {
            GraphQLField field => Measure(field.SelectionSet).Under(field),
            GraphQLInlineFragment inline => Measure(inline.SelectionSet),
            GraphQLFragmentSpread spread => Measure(spread.FragmentName.Name.StringValue).Spread(),
            _ => DocumentSize.Nothing,
        };

    private DocumentSize Measure(string fragment)
    {
        if (!_measured.TryGetValue(fragment, out var size))
        {
            // A fragment that spreads itself counts as nothing here; validation refuses it.
            _measured[fragment] = DocumentSize.Nothing;
            size = Measure(_fragments[fragment].FirstOrDefault()?.SelectionSet);
            _measured[fragment] = size;
        }

        return size;
    }

    private static int Count(ASTNode part) =>
        part is IHasSelectionSetNode { SelectionSet: { } selection }
            ? selection.Selections.Sum(below => 1 + Count(below))
            : 0;
}
