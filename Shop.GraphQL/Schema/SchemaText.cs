using GraphQL;
using GraphQL.Utilities;

namespace Shop.GraphQL.Schema;

/// <summary>The schema as a document, for the file in the repository and for those who compare.</summary>
internal static class SchemaText
{
    /// <summary>The SDL of a running schema: sorted by name, so that a diff shows changes and nothing else.</summary>
    public static string Of(GraphEngine engine) =>
        engine.Schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal });

    /// <summary>The SDL of these modules, without a host: no database, no Redis, no port.</summary>
    public static string Of(params IReadOnlyList<IGraphModule> modules)
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationManager())
            .AddLogging()
            .AddShopGraph(modules)
            .BuildServiceProvider();
        return Of(services.GetRequiredService<GraphEngine>());
    }
}
