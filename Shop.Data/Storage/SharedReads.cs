namespace Shop.Data.Storage;

/// <summary>
/// Answers many askers with few reads: what is asked for while others are being read waits, and is then read all at once.
/// However many ask, a store has at most two reads of this kind to do at a time. Thread-safe.
/// </summary>
/// <remarks>
/// A read begins after it was asked for, never before: no caller is told what was true earlier. As many keys wait as there
/// are askers, each of whom waits for its own.
/// </remarks>
/// <param name="read">Reads all keys, each of them once; those without a value are left out.</param>
public sealed class SharedReads<TKey, TValue>(
    Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read
)
    where TKey : notnull
    where TValue : class
{
    // With one, a caller that comes just too late waits for two reads.
    private const int ReadsAtOnce = 2;

    // PostgreSQL plans long arrays well up to here.
    private const int MaxKeys = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<Batch> _waiting = new();
    private Batch? _open;
    private int _reading;

    /// <summary>The value of a key; null where there is none. Fails as the read fails.</summary>
    public async Task<TValue?> ReadAsync(TKey key, CancellationToken cancel) =>
        (await ReadAllAsync([key], cancel)).GetValueOrDefault(key);

    /// <summary>The values of all these keys, in one read; others' may be among them. Fails as the read fails.</summary>
    public Task<IReadOnlyDictionary<TKey, TValue>> ReadAllAsync(
        IReadOnlyCollection<TKey> keys,
        CancellationToken cancel
    )
    {
        Batch batch;
        bool isReader;
        lock (_gate)
        {
            if (_open is null || _open.Keys.Count >= MaxKeys)
            {
                _waiting.Enqueue(_open = new());
            }

            batch = _open;
            batch.Keys.UnionWith(keys);
            if (isReader = _reading < ReadsAtOnce)
            {
                _reading++;
            }
        }

        if (isReader)
        {
            _ = ReadWaitingAsync();
        }

        return batch.Values.Task.WaitAsync(cancel);
    }

    private async Task ReadWaitingAsync()
    {
        while (Next() is { } batch)
        {
            try
            {
                batch.Values.SetResult(await read(batch.Keys));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // Each asker hears of it.
                batch.Values.SetException(fault);
            }
        }
    }

    private Batch? Next()
    {
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out var batch))
            {
                _reading--;
            }

            if (batch == _open)
            {
                _open = null;
            }

            return batch;
        }
    }

    private sealed class Batch
    {
        public HashSet<TKey> Keys { get; } = [];

        // The askers go on elsewhere: a reader must not run what they do next before it reads the next batch.
        public TaskCompletionSource<IReadOnlyDictionary<TKey, TValue>> Values { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
