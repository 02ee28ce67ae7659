using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Load.Fuzz;

/// <summary>A type as it is used: with its brackets and exclamation marks.</summary>
/// <param name="Name">Of the named type inside.</param>
/// <param name="Written">As a document writes it, such as <c>[ID!]!</c>.</param>
/// <param name="IsRequired">Whether it ends with an exclamation mark.</param>
/// <param name="IsList">Whether it is a list.</param>
internal sealed record FuzzTypeUse(string Name, string Written, bool IsRequired, bool IsList);

/// <summary>An argument, or a field of an input.</summary>
internal sealed record FuzzInput(string Name, FuzzTypeUse Type);

/// <summary>A field.</summary>
internal sealed record FuzzField(string Name, FuzzTypeUse Type, IReadOnlyList<FuzzInput> Arguments);

/// <summary>A named type; what its kind does not have is empty.</summary>
internal sealed record FuzzType(
    string Kind,
    string Name,
    IReadOnlyList<FuzzField> Fields,
    IReadOnlyList<FuzzInput> Inputs,
    IReadOnlyList<string> Values,
    IReadOnlyList<string> Possible
);

/// <summary>A schema as it tells of itself: what documents are made of.</summary>
internal sealed class FuzzSchema
{
    private const string Introspection = """
        query {
          __schema {
            queryType { name } mutationType { name } subscriptionType { name }
            types {
              kind name
              fields { name type { ...Use } args { name type { ...Use } } }
              inputFields { name type { ...Use } }
              enumValues { name }
              possibleTypes { name }
            }
          }
        }
        fragment Use on __Type {
          kind name ofType { kind name ofType { kind name ofType { kind name } } }
        }
        """;

    private static readonly string[] _kinds = ["query", "mutation", "subscription"];

    private FuzzSchema(
        IReadOnlyDictionary<string, FuzzType> types,
        IReadOnlyList<(string, FuzzType)> operations
    ) => (Types, Operations) = (types, operations);

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, FuzzType> Types { get; }

    /// <summary>Kinds of operation, each with the type of its root.</summary>
    public IReadOnlyList<(string Kind, FuzzType Root)> Operations { get; }

    /// <param name="client">Asks; with a credential, where the schema wants one.</param>
    /// <param name="address">Of the schema.</param>
    /// <param name="without">Fields that are left alone, such as those that are there to break.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<FuzzSchema> ReadAsync(
        HttpClient client,
        Uri address,
        IReadOnlyCollection<string> without,
        CancellationToken cancel
    )
    {
        using var answer = await client.PostAsJsonAsync(address, new { query = Introspection }, cancel);
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        var schema = told.GetProperty("data").GetProperty("__schema");
        var types = schema
            .GetProperty("types")
            .EnumerateArray()
            .Select(type => TypeOf(type, without))
            .ToDictionary(type => type.Name, StringComparer.Ordinal);
        var operations = _kinds
            .Where(kind => schema.GetProperty($"{kind}Type").ValueKind == JsonValueKind.Object)
            .Select(kind => (kind, types[NameOf(schema.GetProperty($"{kind}Type"))]));
        return new(types, [.. operations]);
    }

    private static FuzzType TypeOf(JsonElement type, IReadOnlyCollection<string> without) =>
        new(
            type.GetProperty("kind").GetString()!,
            NameOf(type),
            [
                .. Each(type, "fields")
                    .Where(field => !without.Contains(NameOf(field)))
                    .Select(field => new FuzzField(
                        NameOf(field),
                        UseOf(field.GetProperty("type")),
                        [.. Each(field, "args").Select(InputOf)]
                    )),
            ],
            [.. Each(type, "inputFields").Select(InputOf)],
            [.. Each(type, "enumValues").Select(NameOf)],
            [.. Each(type, "possibleTypes").Select(NameOf)]
        );

    private static FuzzInput InputOf(JsonElement input) =>
        new(NameOf(input), UseOf(input.GetProperty("type")));

    private static FuzzTypeUse UseOf(JsonElement type)
    {
        var inner = type.TryGetProperty("ofType", out var of) && of.ValueKind == JsonValueKind.Object;
        return type.GetProperty("kind").GetString() switch
        {
            "NON_NULL" when inner && UseOf(of) is var use => use with
            {
                Written = $"{use.Written}!",
                IsRequired = true,
            },
            "LIST" when inner && UseOf(of) is var use => use with
            {
                Written = $"[{use.Written}]",
                IsRequired = false,
                IsList = true,
            },
            _ => new(NameOf(type), NameOf(type), IsRequired: false, IsList: false),
        };
    }

    private static JsonElement[] Each(JsonElement of, string name) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static string NameOf(JsonElement named) => named.GetProperty("name").GetString()!;
}
