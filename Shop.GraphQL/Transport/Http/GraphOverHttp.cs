using System.Buffers;
using GraphQL.Execution;
using Microsoft.Extensions.Options;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Transport.Cache;
using Shop.GraphQL.Transport.Sockets;

namespace Shop.GraphQL.Transport.Http;

/// <summary>The endpoint of one schema: finds out how a client talks, and lets the engine answer.</summary>
internal sealed class GraphOverHttp(
    GraphEngine engine,
    IOptions<TransportOptions> options,
    IOptions<DocumentOptions> documents,
    WhoAsks whoAsks,
    AskedCurrency askedCurrency,
    // Null where none is kept: staff sees what is.
    PublicAnswers? publicAnswers,
    EventStreams streams,
    SocketEndpoint sockets
)
{
    /// <summary>Answers one request, or serves one WebSocket to its end.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            await (http.WebSockets.IsWebSocketRequest ? sockets.ServeAsync(engine, http) : AnswerAsync(http));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has hung up; there is no one left to tell.
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var isGet = HttpMethods.IsGet(http.Request.Method);
        if (!isGet && !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, POST";
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var media = MediaTypes.Accepted(http.Request);
        if (media == MediaType.None)
        {
            http.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        try
        {
            await whoAsks.FindOutAsync(http);
            await askedCurrency.FindOutAsync(http);
            await (isGet ? AnswerGetAsync(http, media) : AnswerPostAsync(http, media));
        }
        catch (RefusedRequestException refusal)
        {
            await Answer.SendAsync(http, media, refusal);
        }
        catch (RequestError fault) when (fault is LimitExceeded or RuleRefusal)
        {
            await Answer.SendAsync(
                http,
                media,
                new ExecutionResult(fault),
                publicFor: null,
                options.Value.MaxAnswerBytes
            );
        }
    }

    private Task AnswerGetAsync(HttpContext http, MediaType media) =>
        AnswerOneAsync(http, media, BodyReader.ReadGet(http.Request.Query), OperationKinds.Query, body: []);

    private async Task AnswerPostAsync(HttpContext http, MediaType media)
    {
        const OperationKinds Allowed = OperationKinds.Query | OperationKinds.Mutation;
        var body = await BodyReader.ReadPostAsync(http.Request, options.Value, http.RequestAborted);
        Post post;
        try
        {
            post = Read(body, media, IsLikeAll(http), AskedCurrency.Of(http));
        }
        finally
        {
            http.Request.BodyReader.AdvanceTo(body.End);
        }

        if (post.Kept is { } kept)
        {
            await Answer.SendAsync(http, media, kept, publicFor: null);
        }
        else if (post.IsBatch)
        {
            await AnswerBatchAsync(http, media, post.Requests, Allowed);
        }
        else
        {
            await AnswerOneAsync(http, media, post.Requests[0], Allowed, post.Body);
        }
    }

    // A kept answer is found by the body as it is; only where there is none, it is parsed.
    private Post Read(in ReadOnlySequence<byte> body, MediaType media, bool isLikeAll, string? currency)
    {
        // One that is longer than a buffer of the server is read, and not looked up.
        var whole = body.IsSingleSegment && media != MediaType.EventStream ? body.FirstSpan : default;
        if (isLikeAll && publicAnswers?.Find(whole, currency) is { } kept)
        {
            return new(kept, [], false, []);
        }

        var (requests, isBatch) = BodyReader.Parse(body, options.Value);
        return new(null, requests, isBatch, isBatch ? [] : whole.ToArray());
    }

    private async Task AnswerBatchAsync(
        HttpContext http,
        MediaType media,
        IReadOnlyList<GraphRequest> requests,
        OperationKinds allowed
    )
    {
        if (media == MediaType.EventStream)
        {
            throw new MalformedRequestException("A batch cannot be answered as an event stream.");
        }

        // One bill for all of them: a batch is no way around the limit of what a request may cost.
        var caller = Callers.Of(http, allowed);
        var results = new List<ExecutionResult>(requests.Count);
        foreach (var request in requests)
        {
            // Each has its own scope: loaders remember, and one operation must not see what another has read.
            await using var scope = http.RequestServices.CreateAsyncScope();
            results.Add(
                await engine.RunAsync(request, caller, scope.ServiceProvider, http.User, http.RequestAborted)
            );
        }

        await Answer.SendAsync(http, media, results, options.Value.MaxAnswerBytes);
    }

    private async Task AnswerOneAsync(
        HttpContext http,
        MediaType media,
        GraphRequest request,
        OperationKinds allowed,
        byte[] body
    )
    {
        if (media == MediaType.EventStream)
        {
            await streams.ServeAsync(engine, http, request, allowed | OperationKinds.Subscription);
            return;
        }

        var caller = Callers.Of(http, allowed);
        if (
            publicAnswers is not null
            && IsLikeAll(http)
            && await publicAnswers.TryAnswerAsync(request, body, caller, http.User, http.RequestAborted)
                is { } answer
        )
        {
            await Answer.SendAsync(http, media, answer, documents.Value.MaxAge);
            return;
        }

        var result = await engine.RunAsync(
            request,
            caller,
            http.RequestServices,
            http.User,
            http.RequestAborted
        );
        // A fault is not for keeping, not even that of a public operation.
        var isPublic =
            caller.Operation is { IsPublic: true }
            && IsLikeAll(http)
            && result.Errors is null or { Count: 0 };
        await Answer.SendAsync(
            http,
            media,
            result,
            isPublic ? documents.Value.MaxAge : null,
            options.Value.MaxAnswerBytes
        );
    }

    // Who is in a group of customers may pay other prices than all the rest.
    private static bool IsLikeAll(HttpContext http) => !Asker.IsInGroup(http.User);

    /// <summary>What a POST turned out to be.</summary>
    /// <param name="Kept">Its answer, where there is one already.</param>
    /// <param name="Requests">Else what it asks.</param>
    /// <param name="IsBatch">Whether it asks for a list of answers.</param>
    /// <param name="Body">A copy, by which an answer can be kept; empty where none will be.</param>
    private readonly record struct Post(
        PublicAnswer? Kept,
        IReadOnlyList<GraphRequest> Requests,
        bool IsBatch,
        byte[] Body
    );
}
