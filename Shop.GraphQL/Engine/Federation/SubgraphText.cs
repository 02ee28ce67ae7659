using GraphQLParser;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Federation;

/// <summary>The schema as composers read it: keys, shared types, and which federation it is written for.</summary>
internal static class SubgraphText
{
    // As low as what is used allows, and both composers go up to 2.9: older routers can still compose us.
    private const string Version = "2.3";

    private const string Link =
        $"""extend schema @link(url: "https://specs.apollo.dev/federation/v{Version}", import: ["@key", "@shareable"])""";

    /// <summary>Sorted by name, and without the fields that federation adds to every subgraph.</summary>
    public static string Of(ShopSchema schema)
    {
        var document = SchemaText.Document(schema);
        var types = document
            .Definitions.OfType<GraphQLObjectTypeDefinition>()
            .ToDictionary(type => type.Name.StringValue);
        foreach (var (type, keys) in schema.Keys)
        {
            Mark(types[type], keys.Select(key => $"@key(fields: \"{key.Field}\")"));
        }

        foreach (var type in schema.Shareable.Where(types.ContainsKey))
        {
            Mark(types[type], ["@shareable"]);
        }

        return $"{Link}\n\n{SchemaText.Print(document)}";
    }

    private static void Mark(GraphQLObjectTypeDefinition type, IEnumerable<string> directives)
    {
        type.Directives ??= new([]);
        type.Directives.Items.AddRange(directives.Select(text => Parser.Parse<GraphQLDirective>(text)));
    }
}
