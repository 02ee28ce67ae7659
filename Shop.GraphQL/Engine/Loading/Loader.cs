namespace Shop.GraphQL.Engine.Loading;

/// <summary>Loads at most one value per key.</summary>
internal abstract class Loader<TKey, TValue> : BatchingLoader<TKey, TValue?>
    where TKey : notnull
    where TValue : class
{
    /// <summary>The value of a key; null where there is none.</summary>
    public IDataLoaderResult<TValue?> Load(TKey key) => Enlist(key);

    /// <summary>The value of a key that must have one: its absence is a fault of ours, not an answer.</summary>
    /// <exception cref="KeyNotFoundException">There is none (when the result is asked for).</exception>
    public IDataLoaderResult<TValue> Require(TKey key) =>
        Enlist(key)
            .Select(value =>
                value ?? throw new KeyNotFoundException($"{GetType().Name} has nothing for {key}.")
            );

    /// <summary>Reads the values of a batch; keys without one are left out. Opens its own context, from the replica.</summary>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> FetchAsync(
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    );

    internal override async Task<Func<TKey, TValue?>> ReadAsync(
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    )
    {
        var found = await FetchAsync(keys, cancel);
        return key => found.GetValueOrDefault(key);
    }
}
