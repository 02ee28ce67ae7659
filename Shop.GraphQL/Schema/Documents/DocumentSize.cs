using GraphQLParser.AST;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>How much a selection asks for, with the fragments it spreads.</summary>
/// <param name="Depth">Nested fields, leaves included.</param>
/// <param name="Aliases">As often as they are reached.</param>
/// <param name="RootFields">Fields of the selection itself.</param>
internal sealed record DocumentSize(int Depth, int Aliases, int RootFields)
{
    private static readonly DocumentSize _nothing = new(0, 0, 0);

    /// <summary>The size of each operation of a document.</summary>
    public static IEnumerable<(GraphQLOperationDefinition Operation, DocumentSize Size)> Of(
        GraphQLDocument document
    )
    {
        var walk = new Walk(document);
        return document
            .Definitions.OfType<GraphQLOperationDefinition>()
            .Select(operation => (operation, walk.Measure(operation.SelectionSet)));
    }

    // Adds without overflowing: fragments that spread fragments multiply, and a number past every limit is enough.
    private static int Add(int left, int right) => (int)Math.Min(1_000_000, (long)left + right);

    /// <summary>
    /// Measures each fragment once, however often it is spread: a kilobyte of fragments that each spread the next one
    /// twice would otherwise take years.
    /// </summary>
    private sealed class Walk(GraphQLDocument document)
    {
        private readonly ILookup<string, GraphQLFragmentDefinition> _fragments = document
            .Definitions.OfType<GraphQLFragmentDefinition>()
            .ToLookup(fragment => fragment.FragmentName.Name.StringValue, StringComparer.Ordinal);

        private readonly Dictionary<string, DocumentSize> _measured = [];

        public DocumentSize Measure(GraphQLSelectionSet? selection)
        {
            var size = _nothing;
            foreach (var part in selection?.Selections ?? [])
            {
                var of = part switch
                {
                    GraphQLField field => Measure(field),
                    GraphQLInlineFragment inline => Measure(inline.SelectionSet),
                    GraphQLFragmentSpread spread => Measure(spread.FragmentName.Name.StringValue),
                    _ => _nothing,
                };
                size = new(
                    Math.Max(size.Depth, of.Depth),
                    Add(size.Aliases, of.Aliases),
                    Add(size.RootFields, of.RootFields)
                );
            }

            return size;
        }

        private DocumentSize Measure(GraphQLField field)
        {
            var below = Measure(field.SelectionSet);
            return new(Add(below.Depth, 1), Add(below.Aliases, field.Alias is null ? 0 : 1), RootFields: 1);
        }

        private DocumentSize Measure(string fragment)
        {
            if (!_measured.TryGetValue(fragment, out var size))
            {
                // A fragment that spreads itself counts as nothing here; validation refuses it.
                _measured[fragment] = _nothing;
                size = Measure(_fragments[fragment].FirstOrDefault()?.SelectionSet);
                _measured[fragment] = size;
            }

            return size;
        }
    }
}
