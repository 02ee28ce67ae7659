using Shop.Data.Cache;
using Shop.Data.Storage;

namespace Shop.GraphQL.Engine.Loading;

/// <summary>
/// Loads rows that are kept between requests: those that read the same for everybody. A mutation's payload, an event, and whoever
/// sees more than others read around what is kept.
/// </summary>
/// <param name="reads">Opens the context's database.</param>
/// <param name="caches">What is kept.</param>
/// <param name="kind">As what.</param>
/// <param name="keyOf">The key that a row is found by.</param>
internal abstract class CachedLoader<TDb, TKey, TRow>(
    Reads<TDb> reads,
    EntityCaches caches,
    EntityKind<TKey, TRow> kind,
    Func<TRow, TKey> keyOf
) : RowLoader<TDb, TKey, TRow>(reads, keyOf)
    where TDb : ContextDb
    where TKey : notnull
    where TRow : class
{
    /// <summary>Whether who asks sees what others do not.</summary>
    protected virtual bool SeesMore => false;

    internal sealed override async Task<Func<TKey, TRow?>> ReadAsync(
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    )
    {
        if (!caches.IsEnabled || SeesMore || await Reads.NeedsPrimaryAsync())
        {
            return await base.ReadAsync(keys, cancel);
        }

        var rows = await caches
            .Of(GetType(), kind, (loader, all) => ((CachedLoader<TDb, TKey, TRow>)loader).RefillAsync(all))
            .ReadAsync(keys, cancel);
        return rows.Of;
    }

    private async Task<Refill<TKey, TRow>> RefillAsync(IReadOnlyList<TKey> keys)
    {
        await using var db = await Reads.OpenAsync(CancellationToken.None);
        var (position, rows) = await db.ReadAtPositionAsync(() =>
            ReadAsync(db, keys, CancellationToken.None)
        );
        return new(position, rows);
    }
}

/// <summary>The same for any number of rows per key: kept together.</summary>
/// <param name="reads">Opens the context's database.</param>
/// <param name="caches">What is kept.</param>
/// <param name="kind">As what.</param>
/// <param name="keyOf">The key that a row is found by.</param>
internal abstract class CachedListLoader<TDb, TKey, TRow>(
    Reads<TDb> reads,
    EntityCaches caches,
    EntityKind<TKey, IReadOnlyList<TRow>> kind,
    Func<TRow, TKey> keyOf
) : RowListLoader<TDb, TKey, TRow>(reads, keyOf)
    where TDb : ContextDb
    where TKey : notnull
{
    internal sealed override async Task<Func<TKey, IReadOnlyList<TRow>>> ReadAsync(
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    )
    {
        if (!caches.IsEnabled || await Reads.NeedsPrimaryAsync())
        {
            return await base.ReadAsync(keys, cancel);
        }

        var lists = await caches
            .Of(
                GetType(),
                kind,
                (loader, all) => ((CachedListLoader<TDb, TKey, TRow>)loader).RefillAsync(all)
            )
            .ReadAsync(keys, cancel);
        return key => lists.Of(key) ?? [];
    }

    private async Task<Refill<TKey, IReadOnlyList<TRow>>> RefillAsync(IReadOnlyList<TKey> keys)
    {
        await using var db = await Reads.OpenAsync(CancellationToken.None);
        var (position, rows) = await db.ReadAtPositionAsync(() =>
            ReadAsync(db, keys, CancellationToken.None)
        );
        // No rows are a list, too.
        return new(position, keys.ToDictionary(key => key, key => (IReadOnlyList<TRow>)[.. rows[key]]));
    }
}
