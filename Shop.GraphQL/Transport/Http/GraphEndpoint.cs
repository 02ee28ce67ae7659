using System.Security.Claims;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Transport.Http;

/// <summary>Opens the schema to clients.</summary>
internal static class GraphEndpoint
{
    /// <summary>
    /// Serves GraphQL at <paramref name="path"/>, and for staff at <c>/admin</c> below it: GET, POST, server-sent events and graphql-transport-ws. A browser's
    /// visit (a GET that accepts HTML) is answered by the IDE where one is put in front.
    /// </summary>
    public static WebApplication MapShopGraph(this WebApplication app, string path)
    {
        app.UseWebSockets();
        app.Map(path, app.Services.GetRequiredService<GraphOverHttp>().ServeAsync);
        app.Map(
            path + "/admin",
            app.Services.GetRequiredKeyedService<GraphOverHttp>(Audience.Staff).ServeAsync
        );
        return app;
    }

    /// <summary>Runs what a client sent.</summary>
    /// <param name="engine">The schema.</param>
    /// <param name="request">What it sent.</param>
    /// <param name="caller">What its transport says of it.</param>
    /// <param name="scope">Services of this operation alone.</param>
    /// <param name="user">Who sent it.</param>
    /// <param name="cancel">Ends it, when the client leaves.</param>
    public static Task<ExecutionResult> RunAsync(
        this GraphEngine engine,
        GraphRequest request,
        Caller caller,
        IServiceProvider scope,
        ClaimsPrincipal user,
        CancellationToken cancel
    ) =>
        engine.ExecuteAsync(
            new ExecutionOptions
            {
                Query = request.Query,
                DocumentId = request.DocumentId,
                OperationName = request.OperationName,
                Variables = request.Variables,
                Extensions = request.Extensions,
                UserContext = caller,
                RequestServices = scope,
                User = user,
                CancellationToken = cancel,
            }
        );
}
