using System.Threading.Channels;
using Shop.Load.Client;

namespace Shop.Load.Crowd;

/// <summary>A shopper with a connection of their own, who watches one order and may drop the line and come back.</summary>
internal sealed class Subscriber(ShopAddress shop, PlacedOrder order)
{
    private readonly Channel<OrderPush> _pushed = Channel.CreateUnbounded<OrderPush>();
    private readonly List<OrderPush> _heard = [];
    private EventSocket? _socket;
    private Task _hearing = Task.CompletedTask;

    public PlacedOrder Order => order;

    /// <summary>How often they came.</summary>
    public int Visits { get; private set; }

    /// <summary>What has been taken from the line so far, in the order of its arrival.</summary>
    public IReadOnlyList<OrderPush> Heard => _heard;

    private int Last => _heard.Count == 0 ? 0 : _heard[^1].Version;

    /// <summary>Connects and watches, from the version that they have.</summary>
    public async Task ComeAsync(CancellationToken cancel)
    {
        Visits++;
        _socket = await EventSocket.OpenAsync(shop, cancel);
        _hearing = HearAsync(_socket, Last, cancel);
    }

    /// <summary>Drops the line, and takes what had arrived.</summary>
    public async Task LeaveAsync()
    {
        if (_socket is not null)
        {
            await _socket.DisposeAsync();
        }

        await _hearing;
        while (_pushed.Reader.TryRead(out var step))
        {
            _heard.Add(step);
        }
    }

    /// <summary>Returns when a version has arrived, or a rejection, after which there is none.</summary>
    /// <returns>False if it did not come.</returns>
    public async Task<bool> HearAsync(int version, CancellationToken patience)
    {
        try
        {
            while (Last < version && _heard is not [.., { To: "REJECTED" }])
            {
                _heard.Add(await _pushed.Reader.ReadAsync(patience));
            }

            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task HearAsync(EventSocket socket, int from, CancellationToken cancel)
    {
        try
        {
            await foreach (var step in OrderWatch.WatchAsync(socket, order, from, cancel))
            {
                _pushed.Writer.TryWrite(step);
            }
        }
        catch (Exception end)
            when (end is ShopAwayException or ShopFaultException or OperationCanceledException)
        {
            // What is missing is counted at the end.
        }
    }
}
