using System.Buffers;
using System.Text;
using GraphQL.Execution;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Shop.Data.Telemetry;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Transport.Origins;

namespace Shop.GraphQL.Transport.Http;

/// <summary>Server-sent events, one operation per connection (the "distinct connections mode" of graphql-sse).</summary>
internal sealed class EventStreams(
    IOptions<TransportOptions> options,
    OtherOrigins origins,
    OpenConnections connections,
    ShopMeter meter,
    Farewell farewell,
    TimeProvider clock,
    ILogger<EventStreams> log
)
{
    // A comment: clients skip it.
    private const string Alive = ":\n\n";

    /// <summary>Sends results as <c>next</c> events and ends with <c>complete</c>.</summary>
    /// <exception cref="OtherOriginException">A page that asks is none that may.</exception>
    /// <exception cref="TooManyConnectionsException">There is no place for one more.</exception>
    public async Task ServeAsync(
        GraphEngine engine,
        HttpContext http,
        GraphRequest request,
        OperationKinds allowed
    )
    {
        if (!origins.MayStream(http.Request))
        {
            throw new OtherOriginException();
        }

        using var place =
            connections.TryEnter(http.Connection.RemoteIpAddress) ?? throw new TooManyConnectionsException();
        using var counted = LongLived.Begin(http, meter, "sse");
        using var turn = farewell.Take();
        using var expired = WhoAsks.ExpiryOf(http, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted,
            turn.HasCome,
            expired.Token
        );
        try
        {
            var result = await engine.RunAsync(
                request,
                Callers.Of(http, allowed, SaidTrace.Of(http, request)),
                http.RequestServices,
                http.User,
                ending.Token
            );
            Open(http);
            try
            {
                await (
                    result.Streams is null
                        ? SendAsync(http.Response, result)
                        : RelayAsync(http.Response, result.Events(), ending.Token)
                );
            }
            catch (Exception fault)
                when (fault is not (OperationCanceledException or TimeoutException or IOException))
            {
                // Its last word, as of any operation.
                log.OperationFailed(TraceId.Current, fault);
                await SendAsync(
                    http.Response,
                    new ExecutionResult(
                        fault as LimitExceeded ?? (ExecutionError)new UnhandledError("", fault)
                    )
                );
            }

            await SendAsync(http.Response, "event: complete\ndata:\n\n");
        }
        catch (OperationCanceledException)
            when (turn.HasCome.IsCancellationRequested || expired.IsCancellationRequested)
        {
            // It ends without `complete`, so that the client asks again: another node, or with a new credential.
        }
        catch (TimeoutException)
        {
            // Nothing leaves any more: there is no way to tell.
            log.SlowReader();
            http.Abort();
        }
    }

    private static void Open(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentType = MediaTypes.EventStream + "; charset=utf-8";
        headers.CacheControl = "no-cache";
        // nginx would otherwise collect events until they fill its buffer.
        headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task RelayAsync(HttpResponse response, EventStream events, CancellationToken cancel)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var results = events.ReadAsync(leaving.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = Task.FromResult(true);
        try
        {
            // Sends the headers, so that the client knows that it is heard before there is anything to tell.
            await SendAsync(response, Alive);
            while (await AliveUntilAsync(next = results.MoveNextAsync().AsTask(), response))
            {
                await SendAsync(response, results.Current);
            }
        }
        catch (SlowReaderException slow)
        {
            log.SlowReader();
            await SendAsync(response, new ExecutionResult(slow.Error));
        }
        finally
        {
            // An iterator must not be disposed while it is still moving.
            await leaving.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Says that the stream lives for as long as there is nothing else to say.
    private async Task<bool> AliveUntilAsync(Task<bool> next, HttpResponse response)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(options.Value.KeepAlive, clock, CancellationToken.None);
            }
            catch (TimeoutException) when (!next.IsCompleted)
            {
                await SendAsync(response, Alive);
            }
        }
    }

    private async Task SendAsync(HttpResponse response, ExecutionResult result)
    {
        using var buffer = JsonBuffer.Rent(options.Value.MaxAnswerBytes);
        ResultWriter.Write(buffer.Json, result);
        var bytes = buffer.Bytes;
        response.BodyWriter.Write("event: next\ndata: "u8);
        response.BodyWriter.Write(bytes.Span);
        await SendAsync(response, "\n\n");
    }

    private async Task SendAsync(HttpResponse response, string text)
    {
        Encoding.ASCII.GetBytes(text, response.BodyWriter);
        await response
            .BodyWriter.FlushAsync(response.HttpContext.RequestAborted)
            .AsTask()
            .WaitAsync(options.Value.SendTimeout, clock, response.HttpContext.RequestAborted);
    }
}
