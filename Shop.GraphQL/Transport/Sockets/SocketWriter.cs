using System.Net.WebSockets;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>
/// Sends the messages of all operations of a WebSocket, one at a time. An operation that has something to say waits its
/// turn, so nothing piles up here; a message that does not leave in time ends the connection. Thread-safe.
/// </summary>
internal sealed class SocketWriter(WebSocket socket, TransportOptions options, TimeProvider clock)
    : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _answered = new();
    private readonly Lock _gate = new();
    private Task? _goodbye;

    /// <summary>Whether goodbye has been said; what the client says after it is not heard.</summary>
    public bool IsClosing => _goodbye is not null;

    /// <summary>A message without content, such as <c>connection_ack</c>.</summary>
    public Task SendAsync(string type, string? id = null) => SendAsync(type, id, static (_, _) => { }, 0);

    /// <summary>A result of an operation.</summary>
    /// <exception cref="LimitExceeded">It is longer than an answer may be; nothing has been sent.</exception>
    public Task SendNextAsync(string id, ExecutionResult result) =>
        SendAsync(
            "next",
            id,
            static (buffer, result) =>
            {
                buffer.Json.WritePropertyName("payload"u8);
                ResultWriter.Write(buffer.Json, result);
            },
            result
        );

    /// <summary>Why an operation did not run.</summary>
    public Task SendErrorAsync(string id, IEnumerable<ExecutionError> errors) =>
        SendAsync(
            "error",
            id,
            static (buffer, errors) =>
            {
                buffer.Json.WritePropertyName("payload"u8);
                ResultWriter.WriteErrors(buffer.Json, errors);
            },
            errors
        );

    /// <summary>
    /// Says goodbye, once. The client is to answer with its own, which the reader waits for; it has as long as for any
    /// message, then the line is cut.
    /// </summary>
    public void Close(CloseReason reason)
    {
        lock (_gate)
        {
            _goodbye ??= SayGoodbyeAsync(reason);
        }
    }

    /// <summary>The client has closed as well, or is gone: nothing has to be cut.</summary>
    public async ValueTask DisposeAsync()
    {
        await _answered.CancelAsync();
        await (_goodbye ?? Task.CompletedTask);
        _answered.Dispose();
        _turn.Dispose();
    }

    private async Task SayGoodbyeAsync(CloseReason reason)
    {
        using var late = new CancellationTokenSource(options.SendTimeout, clock);
        try
        {
            await socket.CloseOutputAsync(reason.Status, reason.Text, late.Token);
            await Task.Delay(options.SendTimeout, clock, _answered.Token);
            socket.Abort();
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            // Answered, cut or gone: no client is left to say goodbye to.
        }
    }

    private async Task SendAsync<T>(string type, string? id, Action<JsonBuffer, T> writePayload, T payload)
    {
        using var buffer = JsonBuffer.Rent(options.MaxAnswerBytes);
        var json = buffer.Json;
        json.WriteStartObject();
        if (id is not null)
        {
            json.WriteString("id"u8, id);
        }

        json.WriteString("type"u8, type);
        writePayload(buffer, payload);
        json.WriteEndObject();

        await _turn.WaitAsync(_answered.Token);
        using var late = new CancellationTokenSource(options.SendTimeout, clock);
        try
        {
            await socket.SendAsync(buffer.Bytes, WebSocketMessageType.Text, endOfMessage: true, late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // A socket cuts the line only for what it has begun to send, and this may have waited behind a ping.
            socket.Abort();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }
}
