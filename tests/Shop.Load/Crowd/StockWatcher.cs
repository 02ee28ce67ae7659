using System.Net.WebSockets;
using System.Text;

namespace Shop.Load.Crowd;

/// <summary>
/// A page that shows how many are left of a SKU, on a connection of its own. It counts the events and reads nothing of them: a
/// thousand of them must not take more of the machine than the shop that is measured.
/// </summary>
internal sealed class StockWatcher : IAsyncDisposable
{
    private const string Query =
        "subscription($id: ID!) { stockChanged(variantIds: [$id]) { sku availability { status available } } }";

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _first = new(0);
    private Task _hearing = Task.CompletedTask;
    private int _heard;
    private int _visits;

    private StockWatcher()
    {
        _socket.Options.AddSubProtocol("graphql-transport-ws");
        _socket.Options.Proxy = null;
    }

    /// <summary>Events so far.</summary>
    public int Heard => _heard;

    /// <summary>Connects.</summary>
    public static async Task<StockWatcher> OpenAsync(ShopAddress shop, CancellationToken cancel)
    {
        var watcher = new StockWatcher();
        await watcher._socket.ConnectAsync(shop.Socket, cancel);
        await watcher.SendAsync("""{"type":"connection_init"}""", cancel);
        watcher._hearing = watcher.HearAsync();
        return watcher;
    }

    /// <summary>Watches a SKU; returns when it has come once.</summary>
    /// <param name="variant">Its id.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task ComeAsync(string variant, CancellationToken cancel)
    {
        var payload = $$$"""{"query":"{{{Query}}}","variables":{"id":"{{{variant}}}"} }""";
        await SendAsync(
            $$$"""{"type":"subscribe","id":"{{{++_visits}}}","payload":{{{payload}}} }""",
            cancel
        );
        await _first.WaitAsync(cancel);
    }

    /// <summary>Has seen enough, and stays connected.</summary>
    public Task LeaveAsync(CancellationToken cancel) =>
        SendAsync($$"""{"type":"complete","id":"{{_visits}}"}""", cancel);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _hearing;
        _socket.Dispose();
        _closed.Dispose();
        _first.Dispose();
    }

    private Task SendAsync(string message, CancellationToken cancel) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, cancel);

    private async Task HearAsync()
    {
        var buffer = new byte[4096];
        var lastVisit = 0;
        try
        {
            while (true)
            {
                var length = (await _socket.ReceiveAsync(buffer.AsMemory(), _closed.Token)).Count;
                if (!buffer.AsSpan(0, length).StartsWith("{\"id\":"u8))
                {
                    continue;
                }

                _heard++;
                if (lastVisit < _visits)
                {
                    lastVisit = _visits;
                    _first.Release();
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // It has left, or the shop is closed.
        }
    }
}
