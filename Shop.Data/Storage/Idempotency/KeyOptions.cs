using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Storage.Idempotency;

/// <summary>How long what staff has done is known by its idempotency key. Section <c>Keys</c>.</summary>
public sealed class KeyOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Keys";

    /// <summary>How long a key is remembered. A week outlives every retry of a tool and of the people behind it.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);
}
