using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>Asks the shop's own schema, as one request would.</summary>
internal static class CatalogAnswers
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The answer's <c>data</c>, or its errors as <c>CODE: message</c>.</summary>
    public static async Task<string> AskAsync(this ShopFixture shop, string query, object? variables = null)
    {
        await using var scope = shop.Scope();
        var result = await shop.Get<GraphEngine>()
            .ExecuteAsync(
                new()
                {
                    Query = query,
                    Variables = variables is null ? null : new Inputs(Dictionary(variables)),
                    RequestServices = scope.ServiceProvider,
                    ThrowOnUnhandledException = true,
                }
            );
        return result.Errors is { } errors
            ? string.Join('\n', errors.Select(error => $"{error.Code}: {error.Message}"))
            : JsonSerializer.Serialize(((RootExecutionNode)result.Data!).ToValue(), _json);
    }

    /// <summary>The same, to be looked into.</summary>
    public static async Task<JsonElement> AskJsonAsync(
        this ShopFixture shop,
        string query,
        object? variables = null
    ) => JsonDocument.Parse(await shop.AskAsync(query, variables)).RootElement;

    private static Dictionary<string, object?> Dictionary(object variables) =>
        variables.GetType().GetProperties().ToDictionary(each => each.Name, each => each.GetValue(variables));
}
