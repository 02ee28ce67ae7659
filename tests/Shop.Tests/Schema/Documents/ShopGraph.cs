using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.GraphQL.Schema;
using Shop.GraphQL.Schema.Documents;

namespace Shop.Tests.Schema.Documents;

/// <summary>The shop's own schema with nothing behind it: for what is known of a document before it is run.</summary>
public sealed class ShopGraph : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationManager())
        .AddShopGraph(Shop.GraphQL.Program.Modules)
        .BuildServiceProvider();

    internal GraphEngine Engine => _services.GetRequiredService<GraphEngine>();

    internal ISchema Schema => Engine.Schema;

    /// <summary>The object types and interfaces of the shop; what the engine brings for introspection is not among them.</summary>
    internal IEnumerable<IComplexGraphType> Types =>
        Schema
            .AllTypes.OfType<IComplexGraphType>()
            .Where(type =>
                type is not IInputObjectGraphType && !type.Name.StartsWith("__", StringComparison.Ordinal)
            )
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>The only operation of a document, or the one of this name.</summary>
    internal CheckedOperation Operation(string document, string? name = null) =>
        new CheckedDocument(Parser.Parse<GraphQLDocument>(document), Schema).Find(name)!;

    public void Dispose() => _services.Dispose();
}
