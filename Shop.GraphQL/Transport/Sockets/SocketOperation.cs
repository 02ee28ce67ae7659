using System.Net.WebSockets;
using System.Security.Claims;
using GraphQL.Execution;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>One operation of a WebSocket, from <c>subscribe</c> to <c>complete</c>.</summary>
/// <param name="id">The client's name for it.</param>
/// <param name="request">What to run.</param>
/// <param name="place">Its own among those of its address.</param>
/// <param name="writer">Where its results go.</param>
/// <param name="log">Hears of faults.</param>
internal sealed class SocketOperation(
    string id,
    GraphRequest request,
    IDisposable place,
    SocketWriter writer,
    ILogger log
) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    // Strikes it off the list, once; false where the client has done so.
    private Lazy<bool> _isLeft = new(false);

    /// <summary>The client's name for it.</summary>
    public string Id => id;

    /// <summary>Ends when nothing more comes of it; never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Runs it, beside whatever else the client says.</summary>
    /// <param name="engine">The schema.</param>
    /// <param name="http">The request that became a WebSocket.</param>
    /// <param name="leave">Strikes it off the list; false where the client has done so.</param>
    public void Start(GraphEngine engine, HttpContext http, Func<SocketOperation, bool> leave)
    {
        // Read here, where only the receiving loop is: a context is not safe to share between operations.
        var (services, user) = (http.RequestServices, http.User);
        var caller = Callers.Of(http, OperationKinds.All, SaidTrace.Of(http, request));
        _isLeft = new(() => leave(this), isThreadSafe: false);
        Completion = Task.Run(() => RunAsync(engine, services, user, caller), CancellationToken.None);
    }

    /// <summary>The client has heard enough.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        place.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(
        GraphEngine engine,
        IServiceProvider services,
        ClaimsPrincipal user,
        Caller caller
    )
    {
        try
        {
            if (await TryAnswerAsync(engine, services, user, caller) && _isLeft.Value)
            {
                await writer.SendAsync("complete", id);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // Stopped by the client, or the client is gone.
        }
        finally
        {
            _ = _isLeft.Value;
        }
    }

    // Off the list first: who has its last word may use its id again at once.
    private Task RefuseAsync(IEnumerable<ExecutionError> errors) =>
        _isLeft.Value ? writer.SendErrorAsync(id, errors) : Task.CompletedTask;

    // What breaks on our side, the writing of an answer too, is the fault of this operation, and its last word.
    private async Task<bool> TryAnswerAsync(
        GraphEngine engine,
        IServiceProvider services,
        ClaimsPrincipal user,
        Caller caller
    )
    {
        try
        {
            return await AnswerAsync(engine, services, user, caller);
        }
        catch (SlowReaderException slow)
        {
            log.SlowReader();
            await RefuseAsync([slow.Error]);
            return false;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or WebSocketException))
        {
            log.OperationFailed(TraceId.Current, fault);
            await RefuseAsync([fault as LimitExceeded ?? (ExecutionError)new UnhandledError("", fault)]);
            return false;
        }
    }

    // False where it was refused: `error` is then the last word, without a `complete`.
    private async Task<bool> AnswerAsync(
        GraphEngine engine,
        IServiceProvider services,
        ClaimsPrincipal user,
        Caller caller
    )
    {
        await using var scope = services.CreateAsyncScope();
        var result = await engine.RunAsync(request, caller, scope.ServiceProvider, user, _stop.Token);
        if (!result.Executed)
        {
            await RefuseAsync(result.Errors!);
        }
        else if (result.Streams is null)
        {
            await writer.SendNextAsync(id, result);
        }
        else
        {
            await foreach (var each in result.Events().ReadAsync(_stop.Token))
            {
                await writer.SendNextAsync(id, each);
            }
        }

        return result.Executed;
    }
}
