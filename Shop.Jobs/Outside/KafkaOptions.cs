using System.ComponentModel.DataAnnotations;
using Confluent.Kafka;

namespace Shop.Jobs.Outside;

/// <summary>Where others outside hear of what happens in the shop. Section <c>Outside</c>; the same at all hosts.</summary>
public sealed class KafkaOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Outside";

    /// <summary>Kafka's brokers, as <c>host:port,host:port</c>; empty: nobody outside hears, and steps are not marked for them.</summary>
    public string Kafka { get; init; } = "";

    /// <summary>How what is sent is packed. Gzip, since each client can read it: kafkajs fails at zstd.</summary>
    public CompressionType Compression { get; init; } = CompressionType.Gzip;

    /// <summary>How often the relay looks by itself, beside being woken: a step that sends no message rings no bell.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What else the client is told, by the names of librdkafka: TLS and who signs in. Empty by default.</summary>
    public IDictionary<string, string> Client { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Where what goes. Section <c>Outside:Topics</c>.</summary>
public sealed class TopicOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Outside:Topics";

    /// <summary>The steps of orders.</summary>
    [Required, RegularExpression("[a-zA-Z0-9._-]{1,249}")]
    public string Orders { get; init; } = "shop.orders";
}
