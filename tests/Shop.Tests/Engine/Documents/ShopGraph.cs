using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Limits;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Transport.Http;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Engine.Documents;

/// <summary>The shop's own schema with nothing behind it: for what is known of a document before it is run.</summary>
public sealed class ShopGraph : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationManager())
        .AddShopGraph(Shop.GraphQL.Host.Program.Modules)
        .ShareSchemas()
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
        Checked(document).Find(name)!;

    /// <summary>What follows from the text of a document.</summary>
    internal CheckedDocument Checked(string document) => new(Parser.Parse<GraphQLDocument>(document), Schema);

    /// <summary>What the only operation of a document costs.</summary>
    internal async Task<long> CostAsync(string document, object? variables = null)
    {
        var syntax = Parser.Parse<GraphQLDocument>(document);
        var caller = new Caller(OperationKinds.All);
        var result = await new DocumentCheck(new GraphLimits { MaxCost = int.MaxValue }).ValidateAsync(
            new ValidationOptions
            {
                Schema = Schema,
                Document = syntax,
                Operation = syntax.Definitions.OfType<GraphQLOperationDefinition>().Single(),
                Variables =
                    RequestReader.ReadParameter(JsonSerializer.Serialize(variables ?? new { }), "variables")
                    ?? Inputs.Empty,
                UserContext = caller,
            }
        );
        Assert.Empty(result.Errors.Select(error => error.Message));
        return caller.Cost!.Value;
    }

    public void Dispose() => _services.Dispose();
}
