namespace Shop.GraphQL.Engine.Loading;

/// <summary>Loads any number of items per key; none is an empty list.</summary>
internal abstract class ListLoader<TKey, TItem> : BatchingLoader<TKey, IReadOnlyList<TItem>>
    where TKey : notnull
{
    /// <summary>The items of a key, in the order in which they were fetched.</summary>
    public IDataLoaderResult<IReadOnlyList<TItem>> Load(TKey key) => Enlist(key);

    /// <summary>Reads the items of a batch, such as <c>rows.ToLookup(row => row.ProductId)</c>.</summary>
    protected abstract Task<ILookup<TKey, TItem>> FetchAsync(
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    );

    internal override async Task<Func<TKey, IReadOnlyList<TItem>>> ReadAsync(
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    )
    {
        var found = await FetchAsync(keys, cancel);
        return key => found[key].ToArray();
    }
}
