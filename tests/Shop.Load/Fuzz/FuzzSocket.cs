using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Shop.Load.Fuzz;

/// <summary>A WebSocket over which one operation after another is run; a client that minds how each of them ends.</summary>
internal sealed class FuzzSocket : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    // A subscription whose first event is not the state now has nothing to say before something happens.
    private static readonly TimeSpan _silence = TimeSpan.FromMilliseconds(300);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Task<(string Type, string? Id, string Payload)>? _hearing;
    private int _lastId;

    private FuzzSocket()
    {
        _socket.Options.AddSubProtocol("graphql-transport-ws");
        _socket.Options.Proxy = null;
    }

    /// <summary>Whether it can still be used.</summary>
    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <param name="address">Of the schema, as HTTP has it.</param>
    /// <param name="token">Of an account; null for a guest.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<FuzzSocket> OpenAsync(Uri address, string? token, CancellationToken cancel)
    {
        var socket = new FuzzSocket();
        await socket._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, cancel);
        await socket.SendAsync(
            token is null
                ? """{"type":"connection_init"}"""u8.ToArray()
                : JsonSerializer.SerializeToUtf8Bytes(
                    new { type = "connection_init", payload = new { authorization = $"Bearer {token}" } }
                ),
            cancel
        );
        await socket.HearAsync(cancel);
        return socket;
    }

    /// <summary>Runs an operation until it has ended, or has told its first result.</summary>
    /// <param name="payload">JSON, or what should be.</param>
    /// <param name="maySayNothing">Whether it may be a subscription that has no event yet.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>
    /// Type and payload of its first message; type <c>closed</c> with a reason where the line was closed for it, and
    /// <c>silent</c> where nothing came.
    /// </returns>
    public async Task<(string Type, string Payload)> AskAsync(
        byte[] payload,
        bool maySayNothing,
        CancellationToken cancel
    )
    {
        var id = $"{++_lastId}";
        byte[] message =
        [
            .. Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","type":"subscribe","payload":"""),
            .. payload,
            (byte)'}',
        ];
        await SendAsync(message, cancel);
        var heard = await HearOfAsync(id, maySayNothing ? _silence : _patience, cancel);
        if (heard is null)
        {
            await StopAsync(id, cancel);
            return maySayNothing ? ("silent", "") : ("closed", "no answer for a minute");
        }

        if (heard.Value.Type == "next")
        {
            await StopAsync(id, cancel);
        }

        return heard.Value;
    }

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(byte[] message, CancellationToken cancel) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancel);

    private Task StopAsync(string id, CancellationToken cancel) =>
        SendAsync(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","type":"complete"}"""), cancel);

    // Null where nothing comes. A read that is cancelled ends a WebSocket, so it goes on for whoever asks next.
    private async Task<(string Type, string Payload)?> HearOfAsync(
        string id,
        TimeSpan patience,
        CancellationToken cancel
    )
    {
        var until = TimeProvider.System.GetTimestamp();
        while (patience - TimeProvider.System.GetElapsedTime(until) is var left && left > TimeSpan.Zero)
        {
            _hearing ??= HearAsync(cancel);
            try
            {
                var (type, of, payload) = await _hearing.WaitAsync(left, cancel);
                _hearing = null;
                if (of == id || type == "closed")
                {
                    return (type, payload);
                }
            }
            catch (TimeoutException)
            {
                break;
            }
        }

        return null;
    }

    private async Task<(string Type, string? Id, string Payload)> HearAsync(CancellationToken cancel)
    {
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(_buffer, cancel);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
                    return ("closed", null, $"{(int?)part.CloseStatus} {part.CloseStatusDescription}");
                }

                await message.WriteAsync(_buffer.AsMemory(0, part.Count), cancel);
                if (part.EndOfMessage)
                {
                    using var json = JsonDocument.Parse(message.ToArray());
                    return (
                        json.RootElement.GetProperty("type").GetString()!,
                        json.RootElement.TryGetProperty("id", out var id) ? id.GetString() : null,
                        json.RootElement.TryGetProperty("payload", out var payload)
                            ? payload.GetRawText()
                            : ""
                    );
                }
            }
        }
        catch (WebSocketException fault)
        {
            return ("closed", null, fault.Message);
        }
    }
}
