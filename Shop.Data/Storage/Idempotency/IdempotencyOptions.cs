using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Storage.Idempotency;

/// <summary>How long what was done is known by its idempotency key. Section <c>Idempotency</c>.</summary>
public sealed class IdempotencyOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Idempotency";

    /// <summary>How long a key is remembered. A week outlives every retry of a client and of the people behind it.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);
}
