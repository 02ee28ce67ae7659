using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// Remembers what is in use and forgets the rest, in bounded memory and without a lock on reading: when the young half
/// is full it becomes the old one, and what has not been read since then is gone. Thread-safe.
/// </summary>
internal sealed class GenerationCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly int _half = Math.Max(1, capacity / 2);
    private readonly Lock _turn = new();
    private ConcurrentDictionary<TKey, TValue> _young = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _youngCount;

    /// <summary>How much is remembered. Takes locks: for operators.</summary>
    public int Count => _young.Count + _old.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        // Counted here: the dictionary's own Count takes all of its locks.
        if (!_young.TryAdd(key, value) || Interlocked.Increment(ref _youngCount) < _half)
        {
            return;
        }

        lock (_turn)
        {
            if (_youngCount >= _half)
            {
                _old = _young;
                _young = new();
                _youngCount = 0;
            }
        }
    }
}
