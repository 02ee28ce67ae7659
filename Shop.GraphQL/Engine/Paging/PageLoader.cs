namespace Shop.GraphQL.Engine.Paging;

/// <summary>A page of the list of a key.</summary>
internal readonly record struct PageOf<TKey>(TKey Key, Page Page);

/// <summary>
/// Loads a page for each of many keys. One statement per page size and place, whatever the number of keys: those of a list
/// are all asked for alike.
/// </summary>
internal abstract class PageLoader<TKey, TItem> : ListLoader<PageOf<TKey>, TItem>
    where TKey : notnull
{
    /// <summary>A page as clients see it.</summary>
    /// <param name="key">Whose list.</param>
    /// <param name="page">Which part of it.</param>
    /// <param name="cursorOf">The cursor of an item: see <see cref="Cursor.Of(long)"/>.</param>
    public IDataLoaderResult<Connection<TItem>> Load(TKey key, Page page, Func<TItem, string> cursorOf) =>
        Load(new(key, page)).Select(items => Connection<TItem>.Of(items, page, cursorOf));

    /// <summary>Reads the same page of each of these keys: at most <see cref="Page.Take"/> items, nearest to the cursor first.</summary>
    protected abstract Task<ILookup<TKey, TItem>> FetchAsync(
        IReadOnlyList<TKey> keys,
        Page page,
        CancellationToken cancel
    );

    /// <inheritdoc />
    protected sealed override async Task<ILookup<PageOf<TKey>, TItem>> FetchAsync(
        IReadOnlyList<PageOf<TKey>> keys,
        CancellationToken cancel
    )
    {
        var found = new List<(PageOf<TKey> Key, TItem Item)>();
        foreach (var alike in keys.GroupBy(key => key.Page))
        {
            var items = await FetchAsync([.. alike.Select(key => key.Key)], alike.Key, cancel);
            found.AddRange(alike.SelectMany(key => items[key.Key].Select(item => (key, item))));
        }

        return found.ToLookup(row => row.Key, row => row.Item);
    }
}
