using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;
using GraphQLParser.Visitors;
using Shop.GraphQL.Engine.Federation;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>The schema as a document, for the files in the repository and for those who compare.</summary>
internal static class SchemaText
{
    /// <summary>What clients read of a running schema: sorted by name, so that a diff shows changes and nothing else.</summary>
    public static string Of(GraphEngine engine) => Print(Document(engine.Schema));

    /// <summary>What clients read of these modules, without a host: no database, no Redis, no port.</summary>
    public static string Of(params IReadOnlyList<IGraphModule> modules) => Write(modules, Of);

    /// <summary>The same, as composers read it.</summary>
    public static string OfSubgraph(params IReadOnlyList<IGraphModule> modules) =>
        Write(modules, engine => ((ShopSchema)engine.Schema).SubgraphText);

    /// <summary>The schema without what only routers ask for.</summary>
    public static GraphQLDocument Document(ISchema schema)
    {
        var document = schema.ToAST();
        document.Definitions.RemoveAll(definition =>
            definition is GraphQLTypeDefinition type && Subgraph.Owns(type.Name.StringValue)
        );
        foreach (var type in document.Definitions.OfType<GraphQLObjectTypeDefinition>())
        {
            type.Fields?.Items.RemoveAll(field => Subgraph.Owns(field.Name.StringValue));
        }

        return document;
    }

    /// <summary>Writes a document in the order of its names.</summary>
    public static string Print(GraphQLDocument document)
    {
        SDLSorter.Sort(document, new(StringComparison.Ordinal));
        return new SDLPrinter(new PrintOptions()).Print(document);
    }

    /// <summary>The same, as staff's tools read it.</summary>
    public static string OfStaff(params IReadOnlyList<IGraphModule> modules) =>
        Write(modules, Of, Audience.Staff);

    private static string Write(
        IReadOnlyList<IGraphModule> modules,
        Func<GraphEngine, string> write,
        Audience? audience = null
    )
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationManager())
            .AddLogging()
            .AddShopGraph(modules)
            .BuildServiceProvider();
        return write(services.GetRequiredKeyedService<GraphEngine>(audience));
    }
}
