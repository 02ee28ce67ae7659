using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Shop.Load.Measure;

namespace Shop.Load.Bench.Events;

/// <summary>Somebody outside: reads a topic from its beginning, and notes what comes late, again, or out of order. Thread-safe.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    private readonly Lock _noting = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private Samples _lag = new();

    /// <param name="brokers">Where.</param>
    /// <param name="topic">Of as many partitions as <see cref="MockCluster.Partitions"/>.</param>
    public EventReader(string brokers, string topic) =>
        _reading = Task.Factory.StartNew(
            () => Read(brokers, topic),
            _end.Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    /// <summary>Events that came once more.</summary>
    public int Again { get; private set; }

    /// <summary>Events that came before an earlier one of their order.</summary>
    public int OutOfOrder { get; private set; }

    /// <summary>How many steps it knows of.</summary>
    public int Steps
    {
        get
        {
            lock (_noting)
            {
                return _ids.Count;
            }
        }
    }

    /// <summary>From when steps were taken until they were read here, since this was last asked.</summary>
    public Samples TakeLag()
    {
        lock (_noting)
        {
            var taken = _lag;
            _lag = new();
            return taken;
        }
    }

    /// <summary>How many of these it lacks, and how many it has that are not among them.</summary>
    public (int Missing, int Unknown) Compare(IReadOnlyCollection<string> ids)
    {
        lock (_noting)
        {
            var known = ids.Count(_ids.Contains);
            return (ids.Count - known, _ids.Count - known);
        }
    }

    /// <summary>Returns once it has so many steps, or patience ends.</summary>
    public async Task AwaitAsync(long steps, TimeSpan patience, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(_look, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        while (Steps < steps && Stopwatch.GetElapsedTime(began) < patience)
        {
            await timer.WaitForNextTickAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _end.Dispose();
    }

    private void Read(string brokers, string topic)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(
            new ConsumerConfig
            {
                BootstrapServers = brokers,
                GroupId = topic,
                EnableAutoCommit = false,
            }
        )
            // That brokers are away is what is looked at.
            .SetLogHandler((_, _) => { })
            .Build();
        consumer.Assign([
            .. Enumerable
                .Range(0, MockCluster.Partitions)
                .Select(n => new TopicPartitionOffset(topic, n, Offset.Beginning)),
        ]);
        while (!_end.IsCancellationRequested)
        {
            if (consumer.Consume(_look) is { Message: { } message })
            {
                Note(message.Key, TextOf(message, "ce_id"), TextOf(message, "ce_time"));
            }
        }
    }

    private void Note(string order, string id, string time)
    {
        var now = Stopwatch.GetTimestamp();
        var late = TimeProvider.System.GetUtcNow() - DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
        lock (_noting)
        {
            if (!_ids.Add(id))
            {
                Again++;
                return;
            }

            _lag.Add(now - (long)(late.TotalSeconds * Stopwatch.Frequency), now);
            var version = int.Parse(id[(id.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
            if (version != _versions.GetValueOrDefault(order) + 1)
            {
                OutOfOrder++;
            }

            _versions[order] = version;
        }
    }

    private static string TextOf(Message<string, byte[]> message, string header) =>
        Encoding.UTF8.GetString(message.Headers.GetLastBytes(header));
}
