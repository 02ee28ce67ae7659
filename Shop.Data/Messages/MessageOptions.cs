using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Messages;

/// <summary>How local messages are delivered. Section <c>Messages</c>.</summary>
public sealed class MessageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Messages";

    /// <summary>Messages a worker takes at once for each receiver. 500 keeps one transaction under 50 ms on a laptop.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; init; } = 500;

    /// <summary>How long a worker may keep what it took. After it another one takes over: the first is held for dead.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Tries before a message is parked as dead. Ten tries with doubling pauses are some 17 minutes.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 10;

    /// <summary>Pause after the first failure; doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan FirstRetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Messages a worker takes at once for a receiver that calls over the network: each may take the whole limit.</summary>
    [Range(1, 1000)]
    public int NetworkBatchSize { get; init; } = 20;

    /// <summary>
    /// How long a receiver that calls over the network may take for what it is handed at once; after that, the try has failed.
    /// Ten seconds are more than a healthy service takes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan NetworkTimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long confirmed messages and inbox entries stay. Longer than any redelivery can take.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The pause before the next try, after <paramref name="attempts"/> of them failed.</summary>
    public TimeSpan RetryAfter(int attempts) => FirstRetryAfter * Math.Pow(2, Math.Min(attempts - 1, 20));
}
