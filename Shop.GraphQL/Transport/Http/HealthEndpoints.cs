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
            async (StoreHealth stores, CancellationToken cancel) =>
            {
                var missing = await stores.MissingAsync(cancel);
                return missing.Count == 0
                    ? TypedResults.Json(new Health("ready", missing))
                    : TypedResults.Json(
                        new Health("not ready", missing),
                        statusCode: StatusCodes.Status503ServiceUnavailable
                    );
            }
        );
    }

    private sealed record Health(string Status, IReadOnlyList<string> Missing);
}
