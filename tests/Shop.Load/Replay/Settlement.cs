using System.Diagnostics;
using System.Text.Json;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Replay;

/// <summary>Reads accepted orders back until none is pending, or for as long as one is willing to wait.</summary>
internal sealed class Settlement(
    PatientClient shop,
    IReadOnlyCollection<PlacedOrder> orders,
    TimeSpan patience,
    TimeProvider clock
)
{
    /// <summary>Orders of one query; the shop allows 100 aliases.</summary>
    private const int Batch = 50;

    /// <summary>Between two rounds. It bounds how exactly the end is known, and leaves the shop to its work.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, int> _statuses = [];
    private Dictionary<PlacedOrder, string?> _open = [];
    private TimeSpan _took;

    /// <summary>How many of all are settled, 0 to 1.</summary>
    public double Fraction => orders.Count == 0 ? 1 : (double)_statuses.Values.Sum() / orders.Count;

    /// <summary>Accepted, and cannot be read back.</summary>
    public int Lost => _open.Values.Count(status => status is null);

    /// <summary>Still waiting for their stock.</summary>
    public int Pending => _open.Values.Count(status => status is not null);

    /// <summary>How many have ended, so far, in a status.</summary>
    public int Count(string status) => _statuses.GetValueOrDefault(status);

    /// <summary>Asks round after round; call it once.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        _open = orders.ToDictionary(order => order, _ => (string?)null);
        while (true)
        {
            foreach (var batch in _open.Keys.Chunk(Batch).ToList())
            {
                await AskAsync(batch, cancel);
            }

            _took = Stopwatch.GetElapsedTime(began);
            if (_open.Count == 0 || _took > patience)
            {
                return;
            }

            await Task.Delay(_pause, clock, cancel);
        }
    }

    /// <summary>Says how it went.</summary>
    public void Print()
    {
        Report.Line(
            _open.Count == 0 ? "last one settled" : "gave up waiting",
            $"{_took.TotalSeconds:0.00} s after the last answer  (reading back included)"
        );
        Report.Lines("orders", _statuses);
        Report.Line("orders PENDING", Pending);
        Report.Line("orders lost", Lost);
    }

    private async Task AskAsync(PlacedOrder[] batch, CancellationToken cancel)
    {
        var variables = new Dictionary<string, string>(2 * batch.Length);
        for (var n = 0; n < batch.Length; n++)
        {
            variables[$"i{n}"] = batch[n].Id;
            variables[$"k{n}"] = batch[n].AccessKey;
        }

        var data = await shop.AskAsync(Operation.Statuses(batch.Length), variables, cancel);
        for (var n = 0; n < batch.Length; n++)
        {
            // A replica may be a moment behind: an order that is not there yet is asked for again, like a pending one.
            var status = data.GetProperty($"o{n}") is { ValueKind: JsonValueKind.Object } order
                ? order.GetProperty("status").GetString()
                : null;
            if (status is null or "PENDING")
            {
                _open[batch[n]] = status;
            }
            else
            {
                _open.Remove(batch[n]);
                _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            }
        }
    }
}
