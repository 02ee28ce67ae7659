using Microsoft.Extensions.Options;
using Shop.GraphQL.Schema;

namespace Shop.GraphQL.Http.Sockets;

/// <summary>Accepts WebSockets that speak graphql-transport-ws.</summary>
internal sealed class SocketEndpoint(
    GraphEngine engine,
    IOptions<TransportOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<SocketEndpoint> log
)
{
    private const string Protocol = "graphql-transport-ws";

    /// <summary>Serves one WebSocket until either side closes it.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        var isOurs = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext
            {
                SubProtocol = isOurs ? Protocol : null,
                KeepAliveInterval = options.Value.KeepAlive,
                KeepAliveTimeout = options.Value.SendTimeout,
            }
        );
        if (!isOurs)
        {
            await socket.CloseAsync(
                CloseReason.UnknownProtocol.Status,
                CloseReason.UnknownProtocol.Text,
                http.RequestAborted
            );
            return;
        }

        await using var connection = new SocketConnection(http, socket, engine, options.Value, clock, log);
        // Without it every open page of the shop would hold up the end of the host.
        await using var stopping = lifetime.ApplicationStopping.Register(() =>
            connection.Close(CloseReason.GoingAway)
        );
        await connection.RunAsync();
    }
}
