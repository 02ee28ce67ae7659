using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Shop.GraphQL.Admission;

/// <summary>
/// A bucket for each key, bounded: when there are too many, new keys share some, so that whoever makes up keys takes no memory
/// and gains nothing. Thread-safe.
/// </summary>
internal sealed class KeyedBuckets(TimeProvider clock)
{
    /// <summary>Keys with a bucket of their own: some 20 MB.</summary>
    public const int Most = 100_000;

    private const int Shared = 1_024;

    /// <summary>Characters of a key that is remembered as it is: it is what a client has sent.</summary>
    public const int LongestKey = 64;

    private readonly ConcurrentDictionary<string, TokenBucket> _own = new(StringComparer.Ordinal);
    private readonly TokenBucket?[] _shared = new TokenBucket?[Shared];

    // Asking the dictionary for its count takes all of its locks.
    private int _count;

    /// <summary>How many keys have one of their own, about.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The bucket of a key.</summary>
    public TokenBucket Of(string key)
    {
        if (key.Length > LongestKey)
        {
            key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        }

        if (_own.TryGetValue(key, out var own))
        {
            return own;
        }

        if (Count >= Most)
        {
            // The hash is another one in each process: nobody can tell with whom they share.
            var place = unchecked((uint)StringComparer.Ordinal.GetHashCode(key)) % Shared;
            ref var shared = ref _shared[place];
            return Volatile.Read(ref shared) ?? First(ref shared, new(clock));
        }

        var made = new TokenBucket(clock);
        if (_own.GetOrAdd(key, made) is var kept && kept == made)
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }

    /// <summary>Forgets those that are full again.</summary>
    /// <param name="rateOf">How the points of a key come in.</param>
    public void ForgetFull(Func<string, Rate> rateOf)
    {
        foreach (var own in _own)
        {
            if (own.Value.IsFull(rateOf(own.Key)) && _own.TryRemove(own))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    private static TokenBucket First(ref TokenBucket? place, TokenBucket made) =>
        Interlocked.CompareExchange(ref place, made, null) ?? made;
}
