using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Shop.Data.Telemetry;
using Shop.GraphQL.Transport.Http;
using Shop.GraphQL.Transport.Origins;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>Accepts WebSockets that speak graphql-transport-ws.</summary>
internal sealed class SocketEndpoint(
    WhoAsks whoAsks,
    AskedCurrency askedCurrency,
    OtherOrigins origins,
    OpenConnections connections,
    ShopMeter meter,
    IOptions<TransportOptions> options,
    Farewell farewell,
    TimeProvider clock,
    ILogger<SocketEndpoint> log
)
{
    private const string Protocol = "graphql-transport-ws";

    /// <summary>Serves one WebSocket, with the schema of its address, until either side closes it.</summary>
    public async Task ServeAsync(GraphEngine engine, HttpContext http)
    {
        using var place = connections.TryEnter(http.Connection.RemoteIpAddress);
        using var counted = LongLived.Begin(http, meter, "websocket");
        var isOurs = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext
            {
                SubProtocol = isOurs ? Protocol : null,
                KeepAliveInterval = options.Value.KeepAlive,
                KeepAliveTimeout = options.Value.SendTimeout,
            }
        );
        var refusal =
            !isOurs ? CloseReason.UnknownProtocol
            : !origins.MayStream(http.Request) ? CloseReason.OtherOrigin
            : place is null ? CloseReason.TooMany
            : null;
        if (refusal is not null)
        {
            // Accepted first: this way a browser, too, is told why.
            await RefuseAsync(socket, refusal);
            return;
        }

        await using var connection = new SocketConnection(
            http,
            socket,
            engine,
            whoAsks,
            askedCurrency,
            connections,
            options.Value,
            clock,
            log
        );
        // Without it every open page of the shop would hold up the end of the host.
        using var turn = farewell.Take();
        await using var leaving = turn.HasCome.Register(() => connection.Close(CloseReason.GoingAway));
        await connection.RunAsync();
    }

    private async Task RefuseAsync(WebSocket socket, CloseReason reason)
    {
        using var late = new CancellationTokenSource(options.Value.SendTimeout, clock);
        try
        {
            await socket.CloseAsync(reason.Status, reason.Text, late.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // It does not say goodbye in turn, and need not.
        }
    }
}
