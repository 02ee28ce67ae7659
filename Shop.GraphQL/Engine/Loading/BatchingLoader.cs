using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Shop.GraphQL.Engine.Loading;

/// <summary>
/// Collects keys until a value is first asked for, then reads them all at once. The executor asks only when nothing
/// else is left to resolve, so that a page of products costs one read per kind of thing, not one per product.
/// </summary>
internal abstract class BatchingLoader<TKey, TValue> : SharableLoader
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Entry> _entries = [];
    private Batch? _open;

    /// <summary>Most keys of one read; more are read in several. PostgreSQL plans long arrays well up to here.</summary>
    protected virtual int MaxBatchSize => 1000;

    /// <summary>Puts a value in place that is known already, such as the rows of a page; a value there stays.</summary>
    public void Prime(TKey key, TValue value)
    {
        lock (_gate)
        {
            _entries.TryAdd(key, new Entry(key, null) { Value = value });
        }
    }

    /// <summary>Reads all keys, each once, and answers what each has; one that could not be read fails by itself.</summary>
    internal abstract Task<Func<TKey, TValue>> ReadAsync(IReadOnlyList<TKey> keys, CancellationToken cancel);

    private protected IDataLoaderResult<TValue> Enlist(TKey key)
    {
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, key, out var known);
            if (!known)
            {
                if (_open is null || _open.Entries.Count >= MaxBatchSize)
                {
                    _open = new Batch(this);
                }

                entry = new Entry(key, _open);
                _open.Entries.Add(entry);
            }

            return entry!;
        }
    }

    private void Close(Batch batch)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_open, batch))
            {
                _open = null;
            }
        }
    }

    private sealed class Batch(BatchingLoader<TKey, TValue> loader)
    {
        private readonly Lock _gate = new();
        private Task? _reading;

        public List<Entry> Entries { get; } = [];

        public Task ReadAsync(CancellationToken cancel)
        {
            lock (_gate)
            {
                return _reading ??= FillAsync(cancel);
            }
        }

        private async Task FillAsync(CancellationToken cancel)
        {
            loader.Close(this);
            var keys = Entries.ConvertAll(entry => entry.Key);
            var valueOf = loader is { IsSameForAll: true, Shared: { } shared }
                ? await shared.ReadAsync(loader, keys, cancel)
                : await loader.ReadAsync(keys, cancel);
            foreach (var entry in Entries)
            {
                try
                {
                    entry.Value = valueOf(entry.Key);
                }
                catch (Exception fault) when (fault is not OutOfMemoryException)
                {
                    entry.Fault = ExceptionDispatchInfo.Capture(fault);
                }
            }
        }
    }

    private sealed class Entry(TKey key, Batch? batch) : IDataLoaderResult<TValue>
    {
        public TKey Key => key;

        public TValue Value { get; set; } = default!;

        public ExceptionDispatchInfo? Fault { get; set; }

        public async Task<TValue> GetResultAsync(CancellationToken cancellationToken = default)
        {
            if (batch is not null)
            {
                await batch.ReadAsync(cancellationToken);
            }

            Fault?.Throw();
            return Value;
        }

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }
}
