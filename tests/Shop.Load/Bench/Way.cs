using System.Diagnostics;
using System.Globalization;
using Shop.Load.Client;

namespace Shop.Load.Bench;

/// <summary>One way to serve something, and what was measured of it so far.</summary>
/// <param name="name">For the report.</param>
/// <param name="address">Where it is served.</param>
/// <param name="bodies">What is asked, in turn; one or more.</param>
/// <param name="meter">Where the serving process tells its cost: see <see cref="Graph.GraphHost.Meter"/>; null where nobody does.</param>
/// <param name="accept">The media type that shall come back.</param>
internal sealed class Way(
    string name,
    Uri address,
    IEnumerable<byte[]> bodies,
    Uri? meter,
    string accept = "application/graphql-response+json"
)
{
    private readonly byte[][] _requests =
    [
        .. bodies.Select(body => LeanClient.Request(address, body, accept)),
    ];
    private int _asked;
    private readonly List<double> _rates = [];
    private long _answers;
    private double _microseconds;
    private double _bytes;

    public string Name => name;

    public Uri Address => address;

    /// <summary>How long it is asked before each window: until what is kept for seconds is as in a shop that is asked all the time.</summary>
    public TimeSpan LeadIn { get; init; }

    /// <summary>The next of what is asked, headers and all.</summary>
    public byte[] Next => _requests[(uint)Interlocked.Increment(ref _asked) % (uint)_requests.Length];

    /// <summary>Answers per second: the median of the windows.</summary>
    public double Rate => _rates.Order().ElementAt(_rates.Count / 2);

    /// <summary>Answers per second in the last window.</summary>
    public double Last => _rates[^1];

    /// <summary>Asks on all connections for a while, each as soon as it has its answer.</summary>
    /// <returns>How many answers came, and in what time.</returns>
    public async Task<(long Answers, TimeSpan Took)> RunAsync(
        int connections,
        TimeSpan time,
        CancellationToken cancel
    )
    {
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => AskAsync(began, time, cancel))
        );
        return (counts.Sum(), Stopwatch.GetElapsedTime(began));
    }

    /// <summary>One window that counts, with what it cost the serving process.</summary>
    public async Task MeasureAsync(int connections, TimeSpan window, CancellationToken cancel)
    {
        if (LeadIn > TimeSpan.Zero)
        {
            await RunAsync(connections, LeadIn, cancel);
        }

        using var http = new HttpClient();
        var before = await CostAsync(http, cancel);
        var (answers, took) = await RunAsync(connections, window, cancel);
        var after = await CostAsync(http, cancel);
        _rates.Add(answers / took.TotalSeconds);
        _answers += answers;
        _microseconds += after.Microseconds - before.Microseconds;
        _bytes += after.Bytes - before.Bytes;
    }

    /// <summary>For the report.</summary>
    public override string ToString() =>
        meter is null
            ? $"{Rate:0} a second ({_rates.Min():0} to {_rates.Max():0})"
            : $"{Rate:0} a second ({_rates.Min():0} to {_rates.Max():0}), {_microseconds / _answers:0} us of CPU and {_bytes / _answers / 1024:0.0} KB allocated each";

    private async Task<long> AskAsync(long began, TimeSpan time, CancellationToken cancel)
    {
        using var client = await LeanClient.OpenAsync(address, cancel);
        var answers = 0L;
        for (; Stopwatch.GetElapsedTime(began) < time; answers++)
        {
            await client.AskAsync(Next, cancel);
        }

        return answers;
    }

    private async Task<(double Microseconds, double Bytes)> CostAsync(
        HttpClient http,
        CancellationToken cancel
    )
    {
        if (meter is null)
        {
            return (0, 0);
        }

        var told = (await http.GetStringAsync(meter, cancel)).Split(' ');
        return (
            double.Parse(told[0], CultureInfo.InvariantCulture),
            double.Parse(told[1], CultureInfo.InvariantCulture)
        );
    }
}
