using System.Reflection;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// The operations of <c>schema/operations</c>, which the program carries with it: each of them with the fragments that it
/// uses, from whichever file, is a document of its own. Each object tells its type as well: clients with a cache, such as
/// Apollo's, ask for that whatever is written.
/// </summary>
internal static class OperationFiles
{
    private const string Folder = "operations/";

    private static readonly SDLPrinter _printer = new();

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
                .Select(part => TrustedDocument.Parse(TextOf(part, fragments))),
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

    private static IEnumerable<Part> Parts(string text)
    {
        foreach (var node in Parser.Parse(text).Definitions)
        {
            switch (node)
            {
                case GraphQLOperationDefinition { Name: { } name } operation:
                    operation.SelectionSet.Selections.ForEach(AskForTypes);
                    yield return new(name.StringValue, node);
                    break;
                case GraphQLFragmentDefinition fragment:
                    AskForTypes(fragment);
                    yield return new(fragment.FragmentName.Name.StringValue, node);
                    break;
                default:
                    throw new InvalidOperationException("An operation of ours must have a name.");
            }
        }
    }

    private static void AskForTypes(ASTNode part)
    {
        if (part is not IHasSelectionSetNode { SelectionSet: { } selection })
        {
            return;
        }

        selection.Selections.ForEach(AskForTypes);
        if (part is not GraphQLInlineFragment && !selection.Selections.Any(IsTypeName))
        {
            selection.Selections.Insert(0, new GraphQLField(new GraphQLName("__typename")));
        }
    }

    private static bool IsTypeName(ASTNode part) => part is GraphQLField { Name.StringValue: "__typename" };

    // The operation first, as a person reads it; its fragments in the order in which they are met.
    private static string TextOf(Part operation, Dictionary<string, Part> fragments)
    {
        var used = new List<Part> { operation };
        for (var next = 0; next < used.Count; next++)
        {
            used.AddRange(Spreads(used[next].Node).Distinct().Select(name => fragments[name]).Except(used));
        }

        return string.Join("\n\n", used.Select(part => _printer.Print(part.Node).Trim()));
    }

    private static IEnumerable<string> Spreads(ASTNode part) =>
        part switch
        {
            GraphQLFragmentSpread spread => [spread.FragmentName.Name.StringValue],
            IHasSelectionSetNode { SelectionSet: { } selection } => selection.Selections.SelectMany(Spreads),
            _ => [],
        };

    /// <summary>An operation or a fragment.</summary>
    private sealed record Part(string Name, ASTNode Node);
}
