using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Shop.Load.Client;

/// <summary>An event of a subscription.</summary>
/// <param name="At">When its last byte had been read, by <see cref="Stopwatch.GetTimestamp"/>.</param>
/// <param name="Data">Its <c>data</c>.</param>
internal readonly record struct PushedEvent(long At, JsonElement Data);

/// <summary>One open connection that speaks graphql-transport-ws; any number of subscriptions on it.</summary>
internal sealed class EventSocket : IAsyncDisposable
{
    private static readonly JsonSerializerOptions _wire = new(JsonSerializerDefaults.Web);
    private readonly ConcurrentDictionary<string, Channel<PushedEvent>> _subscriptions = new();
    private readonly TaskCompletionSource _acknowledged = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly CancellationTokenSource _closed = new();
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private volatile Exception? _end;
    private int _lastId;

    private EventSocket()
    {
        _socket.Options.AddSubProtocol("graphql-transport-ws");
        _socket.Options.Proxy = null;
    }

    /// <summary>Connects, and waits until the shop has acknowledged it.</summary>
    /// <exception cref="ShopAwayException">Nobody answers, or not in this protocol.</exception>
    public static async Task<EventSocket> OpenAsync(ShopAddress shop, CancellationToken cancel)
    {
        var socket = new EventSocket();
        try
        {
            await socket._socket.ConnectAsync(shop.Socket, cancel);
            socket._reading = socket.ReadAsync(socket._closed.Token);
            await socket.SendAsync(new { type = "connection_init" }, cancel);
            await socket._acknowledged.Task.WaitAsync(cancel);
            return socket;
        }
        catch (Exception fault) when (fault is WebSocketException or ShopAwayException)
        {
            await socket.DisposeAsync();
            throw new ShopAwayException(fault.Message, fault);
        }
    }

    /// <summary>The events of a subscription; it ends with the shop's, or when the caller stops reading.</summary>
    /// <exception cref="ShopFaultException">The shop refused it.</exception>
    /// <exception cref="ShopAwayException">The connection broke.</exception>
    public async IAsyncEnumerable<PushedEvent> SubscribeAsync(
        Operation operation,
        object variables,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var id = $"{Interlocked.Increment(ref _lastId)}";
        var events = _subscriptions.GetOrAdd(id, _ => Channel.CreateUnbounded<PushedEvent>());
        // The shop may have closed right after its acknowledgement, and no one else would end what begins after that.
        if (_end is { } end)
        {
            events.Writer.TryComplete(end);
        }

        var payload = new
        {
            query = operation.Text,
            operationName = operation.Name,
            variables,
        };
        await SendAsync(
            new
            {
                id,
                type = "subscribe",
                payload,
            },
            cancel
        );
        try
        {
            await foreach (var pushed in events.Reader.ReadAllAsync(cancel))
            {
                yield return pushed;
            }
        }
        finally
        {
            if (_subscriptions.TryRemove(id, out _) && _socket.State == WebSocketState.Open)
            {
                await LeaveAsync(id);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _closed.Dispose();
    }

    private async Task LeaveAsync(string id)
    {
        try
        {
            await SendAsync(new { id, type = "complete" }, _closed.Token);
        }
        catch (Exception gone)
            when (gone is ShopAwayException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection has ended, and the subscription with it.
        }
    }

    /// <exception cref="ShopAwayException">The connection broke.</exception>
    private async Task SendAsync(object message, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel);
        try
        {
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(message, _wire),
                WebSocketMessageType.Text,
                endOfMessage: true,
                cancel
            );
        }
        catch (WebSocketException fault)
        {
            throw new ShopAwayException(fault.Message, fault);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync(CancellationToken closed)
    {
        var buffer = new byte[64 * 1024];
        Exception end;
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), closed);
                    length += part.Count;
                } while (!part.EndOfMessage);

                var at = Stopwatch.GetTimestamp();
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    end = new ShopAwayException(
                        $"closed with {_socket.CloseStatus} {_socket.CloseStatusDescription}",
                        null
                    );
                    break;
                }

                await TakeAsync(
                    JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)),
                    at,
                    closed
                );
            }
        }
        catch (Exception fault)
            when (fault is WebSocketException or ShopAwayException or OperationCanceledException)
        {
            end = new ShopAwayException(fault.Message, fault);
        }

        _end = end;
        _acknowledged.TrySetException(end);
        foreach (var subscription in _subscriptions.Values)
        {
            subscription.Writer.TryComplete(end);
        }
    }

    private async Task TakeAsync(JsonElement message, long at, CancellationToken cancel)
    {
        switch (message.GetProperty("type").GetString())
        {
            case "connection_ack":
                _acknowledged.TrySetResult();
                break;
            case "ping":
                await SendAsync(new { type = "pong" }, cancel);
                break;
            case "next" when Find(message) is { } events:
                var payload = message.GetProperty("payload");
                if (payload.TryGetProperty("errors", out var errors))
                {
                    events.TryComplete(GraphAnswer.Fault(errors));
                }
                else
                {
                    events.TryWrite(new(at, payload.GetProperty("data")));
                }

                break;
            case "error" when Find(message) is { } events:
                events.TryComplete(GraphAnswer.Fault(message.GetProperty("payload")));
                break;
            case "complete" when Find(message) is { } events:
                events.TryComplete();
                break;
        }
    }

    private ChannelWriter<PushedEvent>? Find(JsonElement message) =>
        _subscriptions.GetValueOrDefault(message.GetProperty("id").GetString()!)?.Writer;
}
