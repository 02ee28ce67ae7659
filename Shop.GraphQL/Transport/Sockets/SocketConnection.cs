using System.Collections.Concurrent;
using System.Net.WebSockets;
using GraphQL.Execution;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>One client's WebSocket: hears its messages, runs its operations, and ends them with itself.</summary>
internal sealed class SocketConnection(
    HttpContext http,
    WebSocket socket,
    GraphEngine engine,
    WhoAsks whoAsks,
    AskedCurrency askedCurrency,
    OpenConnections connections,
    TransportOptions options,
    TimeProvider clock,
    ILogger log
) : IAsyncDisposable
{
    private readonly SocketReader _reader = new(socket, options.MaxRequestBytes);
    private readonly SocketWriter _writer = new(socket, options, clock);
    private readonly ConcurrentDictionary<string, SocketOperation> _operations = new(StringComparer.Ordinal);

    // Stopped by the client, but not yet at their end; the receiving loop's alone.
    private readonly List<SocketOperation> _leaving = [];
    private bool _isInitialised;
    private CancellationTokenSource? _expiry;

    /// <summary>Says goodbye from our side; <see cref="RunAsync"/> then comes to its end.</summary>
    public void Close(CloseReason reason) => _writer.Close(reason);

    /// <summary>Serves it to its end.</summary>
    public async Task RunAsync()
    {
        await using var patience = clock.CreateTimer(
            static connection => ((SocketConnection)connection!).CloseUninitialised(),
            this,
            options.InitTimeout,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            while (await HearAsync()) { }

            // The answer to the client's goodbye, where ours has not been said.
            Close(CloseReason.Done);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // No goodbye: the line is gone.
        }
    }

    private void CloseUninitialised()
    {
        if (!_isInitialised)
        {
            Close(CloseReason.InitTooLate);
        }
    }

    private async Task<bool> HearAsync()
    {
        try
        {
            if (await _reader.ReadAsync(http.RequestAborted) is not { } message)
            {
                return false;
            }

            if (!_writer.IsClosing)
            {
                await HandleAsync(ClientMessage.Read(message.Span));
            }
        }
        catch (ProtocolException offence)
        {
            Close(offence.Reason);
        }
        catch (Exception fault) when (fault is not (WebSocketException or OperationCanceledException))
        {
            // No operation's: it has not come to that, such as when who asks cannot be found out.
            log.SocketFailed(fault);
            Close(CloseReason.Broken);
        }

        return true;
    }

    private Task HandleAsync(ClientMessage message) =>
        message.Type switch
        {
            "connection_init" => InitialiseAsync(message.Said!),
            "ping" => _writer.SendAsync("pong"),
            "pong" => Task.CompletedTask,
            "subscribe" => SubscribeAsync(message),
            "complete" => StopAsync(message.Id),
            _ => throw new ProtocolException(CloseReason.NotUnderstood),
        };

    private async Task InitialiseAsync(InitPayload.Among said)
    {
        if (_isInitialised)
        {
            throw new ProtocolException(CloseReason.InitTwice);
        }

        _isInitialised = true;
        try
        {
            await whoAsks.FindOutAsync(http, said.Authorization);
            await askedCurrency.FindOutAsync(http, said.Currency);
        }
        catch (UnknownCredentialException refusal)
        {
            // graphql-ws tries again after 4403, then with the credential of that moment, and not after 4401.
            throw new ProtocolException(
                refusal.IsKnown ? CloseReason.InvalidCredential : CloseReason.UnknownCredential
            );
        }
        catch (CurrencyRefusedException)
        {
            throw new ProtocolException(CloseReason.OtherCurrency);
        }

        await _writer.SendAsync("connection_ack");
        _expiry = WhoAsks.ExpiryOf(http, clock);
        _expiry.Token.Register(() => Close(CloseReason.ExpiredCredential));
    }

    private async Task SubscribeAsync(ClientMessage message)
    {
        if (!_isInitialised)
        {
            throw new ProtocolException(CloseReason.NotInitialised);
        }

        var id = message.Id!;
        if (_operations.ContainsKey(id))
        {
            throw new ProtocolException(CloseReason.Duplicate(id));
        }

        if (message.Refusal is { } refusal)
        {
            await _writer.SendErrorAsync(id, [new RequestError(refusal) { Code = ErrorCode.BadRequest }]);
            return;
        }

        if (_operations.Count >= options.MaxOperationsPerSocket)
        {
            await _writer.SendErrorAsync(
                id,
                [
                    new LimitExceeded(
                        Limit.SocketOperations,
                        options.MaxOperationsPerSocket,
                        _operations.Count + 1
                    ),
                ]
            );
            return;
        }

        if (connections.TryBegin(http.Connection.RemoteIpAddress) is not { } place)
        {
            await _writer.SendErrorAsync(
                id,
                [
                    new LimitExceeded(
                        Limit.AddressOperations,
                        options.MaxOperationsOfAddress,
                        options.MaxOperationsOfAddress + 1
                    ),
                ]
            );
            return;
        }

        // Only this loop adds: the id is still free.
        var operation = _operations[id] = new SocketOperation(id, message.Request!, place, _writer, log);
        operation.Start(engine, http, Leave);
    }

    // Either an operation ends by itself or we stop it: the one that strikes it off the list disposes it.
    private bool Leave(SocketOperation ended)
    {
        var isListed = _operations.TryRemove(new(ended.Id, ended));
        if (isListed)
        {
            ended.Dispose();
        }

        return isListed;
    }

    private Task StopAsync(string? id)
    {
        // The client may not know yet that it has ended by itself.
        if (id is not null && _operations.TryRemove(id, out var operation))
        {
            operation.Stop();
            DisposeEnded();
            _leaving.Add(operation);
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends what is still running; nothing of this connection outlives it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var id in _operations.Keys)
        {
            await StopAsync(id);
        }

        await Task.WhenAll(_leaving.Select(static operation => operation.Completion));
        DisposeEnded();
        _expiry?.Dispose();
        await _writer.DisposeAsync();
    }

    private void DisposeEnded()
    {
        foreach (var ended in _leaving.Where(static operation => operation.Completion.IsCompleted))
        {
            ended.Dispose();
        }

        _leaving.RemoveAll(static operation => operation.Completion.IsCompleted);
    }
}
