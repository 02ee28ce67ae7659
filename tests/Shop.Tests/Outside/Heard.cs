using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace Shop.Tests.Outside;

/// <summary>An event as somebody outside has read it.</summary>
/// <param name="Key">The message's key.</param>
/// <param name="Headers">All of them.</param>
/// <param name="Body">What it says.</param>
internal sealed record Heard(string Key, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    public string Id => Headers["ce_id"];

    public int Version => Body.GetProperty("version").GetInt32();

    /// <summary>
    /// Reads a topic from its beginning until it has all of these, and what follows them within a moment; of their orders, no
    /// others.
    /// </summary>
    /// <param name="address">The brokers.</param>
    /// <param name="topic">Of three partitions.</param>
    /// <param name="wanted">Ids of events.</param>
    public static Task<IReadOnlyList<Heard>> ReadAsync(
        string address,
        string topic,
        IReadOnlyCollection<string> wanted
    ) => Task.Run(() => Read(address, topic, wanted));

    private static IReadOnlyList<Heard> Read(string address, string topic, IReadOnlyCollection<string> wanted)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(
            new ConsumerConfig
            {
                BootstrapServers = address,
                GroupId = topic,
                EnableAutoCommit = false,
                EnablePartitionEof = false,
            }
        ).Build();
        consumer.Assign([.. Enumerable.Range(0, 3).Select(n => new TopicPartitionOffset(topic, n, 0))]);
        var missing = wanted.ToHashSet(StringComparer.Ordinal);
        var heard = new List<Heard>();
        using var patience = new CancellationTokenSource(_patience);
        while (missing.Count > 0)
        {
            var one = Of(consumer.Consume(patience.Token));
            heard.Add(one);
            missing.Remove(one.Id);
        }

        while (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } more)
        {
            heard.Add(Of(more));
        }

        var keys = wanted.Select(id => id.Split('/')[1]).ToHashSet(StringComparer.Ordinal);
        return [.. heard.Where(one => keys.Contains(one.Key))];
    }

    /// <summary>Fails the test where steps of an order came out of order; what came again does not count.</summary>
    public static void InOrder(IEnumerable<Heard> heard)
    {
        var versions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var one in heard)
        {
            var last = versions.GetValueOrDefault(one.Key);
            Assert.True(one.Version <= last + 1, $"{one.Id} came after version {last}.");
            versions[one.Key] = Math.Max(last, one.Version);
        }
    }

    private static Heard Of(ConsumeResult<string, byte[]> result) =>
        new(
            result.Message.Key,
            result.Message.Headers.ToDictionary(
                header => header.Key,
                header => Encoding.UTF8.GetString(header.GetValueBytes())
            ),
            JsonDocument.Parse(result.Message.Value).RootElement
        );

    /// <summary>The id of the event of a step.</summary>
    public static string IdOf(long order, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"orders/{order}/{version}");
}
