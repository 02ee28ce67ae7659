using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Data.Storage;

namespace Shop.GraphQL.Transport.Http;

/// <summary>What a load balancer asks.</summary>
internal static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c>: the process answers; restart it if not. <c>/health/ready</c>: it can serve shoppers; send it
    /// none while this is 503, which names what is missing.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Json(new Health("live", [])));
        app.MapGet(
            "/health/ready",
            async (StoreHealth stores, Farewell farewell, CancellationToken cancel) =>
            {
                if (farewell.HasBegun)
                {
                    return Refuse(new("stopping", []));
                }

                var missing = await stores.MissingAsync(cancel);
                return missing.Count == 0
                    ? TypedResults.Json(new Health("ready", missing))
                    : Refuse(new("not ready", missing));
            }
        );
    }

    private static JsonHttpResult<Health> Refuse(Health health) =>
        TypedResults.Json(health, statusCode: StatusCodes.Status503ServiceUnavailable);

    private sealed record Health(string Status, IReadOnlyList<string> Missing);
}
