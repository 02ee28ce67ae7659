using GraphQL.Types;

namespace Shop.Tests.Engine.Schema;

public sealed class IntrospectionTests(LibraryGraph graph) : IClassFixture<LibraryGraph>
{
    [Fact]
    public async Task The_query_ofgraphql_js_with_every_option_is_answered()
    {
        var data = await graph.DataAsync(
            """
            {
              __schema {
                description
                queryType { name } mutationType { name } subscriptionType { name }
                types {
                  kind name description specifiedByURL isOneOf
                  fields(includeDeprecated: true) {
                    name description isDeprecated deprecationReason
                    args(includeDeprecated: true) { ...Value }
                    type { ...Type }
                  }
                  inputFields(includeDeprecated: true) { ...Value }
                  interfaces { ...Type }
                  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
                  possibleTypes { ...Type }
                }
                directives {
                  name description isRepeatable locations
                  args(includeDeprecated: true) { ...Value }
                }
              }
            }
            fragment Value on __InputValue { name description type { ...Type } defaultValue isDeprecated deprecationReason }
            fragment Type on __Type {
              kind name
              ofType { kind name ofType { kind name ofType { kind name ofType { kind name
                ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
            }
            """
        );

        var types = data.GetProperty("__schema")
            .GetProperty("types")
            .EnumerateArray()
            .ToDictionary(type => type.GetProperty("name").GetString()!);
        Assert.Equal(
            "https://www.rfc-editor.org/rfc/rfc9562",
            types["UUID"].GetProperty("specifiedByURL").GetString()
        );
        Assert.True(types["BookBy"].GetProperty("isOneOf").GetBoolean());
        Assert.Equal(
            "Pound sterling",
            types["CurrencyCode"]
                .GetProperty("enumValues")
                .EnumerateArray()
                .Single(value => value.GetProperty("name").GetString() == "GBP")
                .GetProperty("description")
                .GetString()
        );
    }

    [Fact]
    public void Everything_has_a_description()
    {
        Assert.Empty(Undescribed.In(graph.Engine.Schema));
    }
}

/// <summary>Finds what a schema says nothing about; for any schema of ours.</summary>
internal static class Undescribed
{
    public static IReadOnlyList<string> In(ISchema schema) =>
        [
            .. schema
                .AllTypes.Where(type =>
                    !type.Name.StartsWith("__", StringComparison.Ordinal) && !IsStandard(type)
                )
                .SelectMany(Parts)
                .Where(part => string.IsNullOrWhiteSpace(part.Description))
                .Select(part => part.Path),
        ];

    private static IEnumerable<(string Path, string? Description)> Parts(IGraphType type)
    {
        yield return (type.Name, type.Description);
        if (type is IComplexGraphType complex)
        {
            foreach (var field in complex.Fields)
            {
                yield return ($"{type.Name}.{field.Name}", field.Description);
                foreach (var argument in field.Arguments ?? [])
                {
                    yield return ($"{type.Name}.{field.Name}({argument.Name})", argument.Description);
                }
            }
        }

        if (type is EnumerationGraphType choices)
        {
            foreach (var value in choices.Values)
            {
                yield return ($"{type.Name}.{value.Name}", value.Description);
            }
        }
    }

    private static bool IsStandard(IGraphType type) =>
        type is StringGraphType or IntGraphType or FloatGraphType or BooleanGraphType;
}
