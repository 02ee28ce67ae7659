using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Shop.Tests.Transport.Http;

/// <summary>A client that speaks graphql-transport-ws by hand, so that it can also speak it badly.</summary>
internal sealed class SocketClient : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly ClientWebSocket _socket = new();

    public static Task<SocketClient> ConnectAsync(
        LibraryHost host,
        string? protocol = "graphql-transport-ws",
        string? authorization = null
    ) => ConnectAsync(host.Address, protocol, authorization);

    public static async Task<SocketClient> ConnectAsync(
        Uri address,
        string? protocol,
        string? authorization = null
    )
    {
        var client = new SocketClient();
        client._socket.Options.SetRequestHeader("Authorization", authorization);
        if (protocol is not null)
        {
            client._socket.Options.AddSubProtocol(protocol);
        }

        await client._socket.ConnectAsync(
            new UriBuilder(address) { Scheme = "ws" }.Uri,
            CancellationToken.None
        );
        return client;
    }

    /// <summary>Connects and is welcomed.</summary>
    public static Task<SocketClient> OpenAsync(LibraryHost host) => OpenAsync(host.Address);

    /// <summary>Connects and is welcomed.</summary>
    public static async Task<SocketClient> OpenAsync(Uri address)
    {
        var client = await ConnectAsync(address, "graphql-transport-ws");
        await client.InitialiseAsync(null);
        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
        return client;
    }

    /// <summary>Says hello.</summary>
    /// <param name="payload">JSON; null for none.</param>
    public Task InitialiseAsync(string? payload) =>
        SendAsync(
            payload is null
                ? """{"type":"connection_init"}"""
                : $$"""{"type":"connection_init","payload":{{payload}}}"""
        );

    public Task SendAsync(string message) =>
        SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type) =>
        _socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);

    public Task SubscribeAsync(string id, string query) =>
        SendAsync(
            JsonSerializer.Serialize(
                new
                {
                    id,
                    type = "subscribe",
                    payload = new { query },
                }
            )
        );

    /// <summary>The next message; "4400 Invalid message" and the like where the server closes.</summary>
    public async Task<string> HearAsync()
    {
        // A test that hears nothing fails; it does not wait for ever.
        using var patience = new CancellationTokenSource(_patience);
        var message = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var frame = await _socket.ReceiveAsync(buffer, patience.Token);
            if (frame.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync();
                return $"{(int)frame.CloseStatus!} {frame.CloseStatusDescription}";
            }

            await message.WriteAsync(buffer.AsMemory(0, frame.Count));
            if (frame.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    public Task CloseAsync() =>
        _socket.State is WebSocketState.Open or WebSocketState.CloseReceived
            ? _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None)
            : Task.CompletedTask;

    public void Dispose() => _socket.Dispose();
}
