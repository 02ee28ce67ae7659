using Microsoft.Extensions.Time.Testing;
using Shop.GraphQL.Admission;

namespace Shop.Tests.Admission;

/// <summary>
/// A world in which so many are served at a time and the others wait. Whoever comes does not wait for those before them to leave. A
/// fifth of them order, the others browse.
/// </summary>
internal sealed class BusyWorld(int workers)
{
    public static LimitBounds Bounds { get; } = new(Min: 8, Max: 512, Tolerance: 2);

    private readonly FakeTimeProvider _clock = new();
    private readonly Random _random = new(7);

    /// <summary>How long it takes to serve one, by its class.</summary>
    public Dictionary<WorkClass, double> Seconds { get; } =
        new() { [WorkClass.Order] = 0.005, [WorkClass.Browse] = 0.005 };

    /// <summary>What is tried.</summary>
    public AdaptiveLimit Limit => field ??= new(_clock);

    /// <summary>Serves those who come for a while, and then those who are left.</summary>
    public Served Serve(double perSecond, double seconds)
    {
        var served = new Served();
        var waiting = new Queue<One>();
        var busy = new PriorityQueue<One, DateTimeOffset>();
        var until = _clock.GetUtcNow().AddSeconds(seconds);
        var next = _clock.GetUtcNow();
        while (next < until || busy.Count > 0)
        {
            if (busy.TryPeek(out var one, out var at) && (at <= next || next >= until))
            {
                busy.Dequeue();
                _clock.SetUtcNow(at);
                Limit.Leave(one.Work, one.Began, Bounds);
                served.Ended(one.Work, _clock.GetElapsedTime(one.Began).TotalSeconds);
            }
            else
            {
                _clock.SetUtcNow(next);
                next = next.AddSeconds(-Math.Log(1 - _random.NextDouble()) / perSecond);
                var work = _random.Next(5) == 0 ? WorkClass.Order : WorkClass.Browse;
                var began = Limit.TryEnter(work, work == WorkClass.Order ? 1 : 0.7, Bounds);
                served.Came(work);
                if (began is { } entered)
                {
                    waiting.Enqueue(new(work, entered));
                }
            }

            while (busy.Count < workers && waiting.TryDequeue(out var turn))
            {
                busy.Enqueue(turn, _clock.GetUtcNow().AddSeconds(Seconds[turn.Work]));
            }
        }

        return served;
    }

    private readonly record struct One(WorkClass Work, long Began);
}

/// <summary>What became of those who came.</summary>
internal sealed class Served
{
    private readonly Dictionary<WorkClass, int> _came = [];
    private readonly Dictionary<WorkClass, List<double>> _waits = [];

    public void Came(WorkClass work) => _came[work] = _came.GetValueOrDefault(work) + 1;

    public void Ended(WorkClass work, double seconds)
    {
        if (!_waits.TryGetValue(work, out var waits))
        {
            _waits[work] = waits = [];
        }

        waits.Add(seconds);
    }

    /// <summary>How many of a class were served, of those who came.</summary>
    public double ShareOf(WorkClass work) => (double)CountOf(work) / _came[work];

    public int CountOf(WorkClass work) => _waits.GetValueOrDefault(work)?.Count ?? 0;

    /// <summary>Within how many seconds 99 of 100 were.</summary>
    public double SlowestOf(WorkClass work) => _waits[work].Order().ElementAt(_waits[work].Count * 99 / 100);
}
