using System.Collections.Concurrent;

namespace Shop.Data.Cache;

/// <summary>
/// Keys of which the primary has said that there is no such row: for half a minute, and not past the next change that is
/// announced. Beside the rows, so that strangers' ids push out no goods. Thread-safe.
/// </summary>
internal sealed class AbsentKeys(Floors floors, TimeSpan lifetime, TimeProvider clock)
{
    /// <summary>The most that are remembered.</summary>
    public const int MaxKeys = 50_000;

    private ConcurrentDictionary<string, (long Version, DateTimeOffset Until)> _young = new();
    private ConcurrentDictionary<string, (long Version, DateTimeOffset Until)> _old = new();

    /// <summary>Whether a key is known to have no row.</summary>
    public bool Has(string key) =>
        (_young.TryGetValue(key, out var absent) || _old.TryGetValue(key, out absent))
        && absent.Version >= floors.Highest
        && clock.GetUtcNow() < absent.Until;

    /// <summary>It has none, says a read of this version.</summary>
    public void Add(string key, long version)
    {
        if (_young.Count >= MaxKeys / 2)
        {
            // Two that turn at once forget a little more.
            (_old, _young) = (_young, new());
        }

        _young[key] = (version, clock.GetUtcNow() + lifetime * (1 + Random.Shared.NextDouble() / 2));
    }
}
