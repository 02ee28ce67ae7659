using System.Security.Claims;
using System.Text.Json;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Transport.Http;

namespace Shop.Tests.Fixtures;

/// <summary>Who may ask, as a credential would prove them.</summary>
internal static class Askers
{
    /// <summary>Somebody without a credential.</summary>
    public static ClaimsPrincipal Guest => new(new ClaimsIdentity());

    /// <summary>A customer, with these roles of staff.</summary>
    public static ClaimsPrincipal Customer(CustomerId id, params StaffRole[] roles) =>
        new(
            new ClaimsIdentity(
                [
                    new(ClaimTypes.Name, $"{id.Value}"),
                    .. roles.Select(role => new Claim(ClaimTypes.Role, $"{role}")),
                ],
                "Test"
            )
        );

    /// <summary>A member of staff with these roles.</summary>
    public static ClaimsPrincipal Staff(params StaffRole[] roles) => Customer(new(7), roles);
}

/// <summary>Operations on behalf of somebody, on the schema of staff, which has all that shoppers have, or on theirs.</summary>
internal static class Asking
{
    /// <summary>The whole answer.</summary>
    public static Task<JsonElement> AnswerAsync(
        this ShopFixture shop,
        ClaimsPrincipal user,
        string query,
        object? variables = null,
        Audience audience = Audience.Staff
    ) => shop.Services.AnswerAsync(user, query, variables, audience);

    /// <summary>The same, of any host.</summary>
    public static async Task<JsonElement> AnswerAsync(
        this IServiceProvider services,
        ClaimsPrincipal user,
        string query,
        object? variables = null,
        Audience audience = Audience.Staff
    )
    {
        await using var scope = services.CreateAsyncScope();
        var engine =
            audience == Audience.Staff
                ? services.GetRequiredKeyedService<GraphEngine>(Audience.Staff)
                : services.GetRequiredService<GraphEngine>();
        var result = await engine.ExecuteAsync(
            new ExecutionOptions
            {
                Query = query,
                Variables = RequestReader.ReadParameter(
                    variables is null ? null : JsonSerializer.Serialize(variables, JsonSerializerOptions.Web),
                    "variables"
                ),
                UserContext = new Caller(OperationKinds.Query | OperationKinds.Mutation),
                RequestServices = scope.ServiceProvider,
                User = user,
            }
        );
        using var buffer = JsonBuffer.Rent();
        ResultWriter.Write(buffer.Json, result);
        return JsonSerializer.Deserialize<JsonElement>(buffer.Bytes.Span);
    }

    /// <summary>The data of an operation that must have no errors.</summary>
    public static Task<JsonElement> AskAsync(
        this ShopFixture shop,
        ClaimsPrincipal user,
        string query,
        object? variables = null,
        Audience audience = Audience.Staff
    ) => shop.Services.AskAsync(user, query, variables, audience);

    /// <summary>The same, of any host.</summary>
    public static async Task<JsonElement> AskAsync(
        this IServiceProvider services,
        ClaimsPrincipal user,
        string query,
        object? variables = null,
        Audience audience = Audience.Staff
    )
    {
        var answer = await services.AnswerAsync(user, query, variables, audience);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>The code of the only error of an operation.</summary>
    public static async Task<string> ErrorAsync(
        this ShopFixture shop,
        ClaimsPrincipal user,
        string query,
        object? variables = null
    )
    {
        var answer = await shop.AnswerAsync(user, query, variables);
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        return error.GetProperty("extensions").GetProperty("code").GetString()!;
    }
}
