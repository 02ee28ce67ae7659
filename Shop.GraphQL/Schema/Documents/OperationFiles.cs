using System.Reflection;
using GraphQLParser;
using GraphQLParser.AST;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>
/// The operations of <c>schema/operations</c>, which the program carries with it: each of them with the fragments that it
/// uses, from whichever file, is a document of its own.
/// </summary>
internal static class OperationFiles
{
    private const string Folder = "operations/";

    /// <summary>One document for each operation, by name.</summary>
    public static IReadOnlyList<TrustedDocument> Read()
    {
        var parts = Texts().SelectMany(Parts).ToList();
        var fragments = parts
            .Where(part => part.Node is GraphQLFragmentDefinition)
            .ToDictionary(part => part.Name, StringComparer.Ordinal);
        return
        [
            .. parts
                .Where(part => part.Node is GraphQLOperationDefinition)
                .OrderBy(part => part.Name, StringComparer.Ordinal)
                .Select(part => new TrustedDocument(part.Name, TextOf(part, fragments))),
        ];
    }

    private static IEnumerable<string> Texts()
    {
        var program = Assembly.GetExecutingAssembly();
        foreach (
            var name in program
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(program.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static IEnumerable<Part> Parts(string text) =>
        Parser
            .Parse(text)
            .Definitions.Select(node => new Part(
                node switch
                {
                    GraphQLOperationDefinition { Name: { } name } => name.StringValue,
                    GraphQLFragmentDefinition fragment => fragment.FragmentName.Name.StringValue,
                    _ => throw new InvalidOperationException("An operation of ours must have a name."),
                },
                node,
                text[node.Location.Start..node.Location.End]
            ));

    // The operation first, as a person reads it; its fragments in the order in which they are met.
    private static string TextOf(Part operation, Dictionary<string, Part> fragments)
    {
        var used = new List<Part> { operation };
        for (var next = 0; next < used.Count; next++)
        {
            used.AddRange(Spreads(used[next].Node).Distinct().Select(name => fragments[name]).Except(used));
        }

        return string.Join("\n\n", used.Select(part => part.Text));
    }

    private static IEnumerable<string> Spreads(ASTNode part) =>
        part switch
        {
            GraphQLFragmentSpread spread => [spread.FragmentName.Name.StringValue],
            IHasSelectionSetNode { SelectionSet: { } selection } => selection.Selections.SelectMany(Spreads),
            _ => [],
        };

    /// <summary>An operation or a fragment, as it is written.</summary>
    private sealed record Part(string Name, ASTNode Node, string Text);
}
