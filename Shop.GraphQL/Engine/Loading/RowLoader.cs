using Microsoft.EntityFrameworkCore;
using Shop.Data.Storage;

namespace Shop.GraphQL.Engine.Loading;

/// <summary>Loads at most one row per key, those of a batch with one statement.</summary>
/// <param name="reads">Opens the context's database.</param>
/// <param name="keyOf">The key that a row is found by.</param>
internal abstract class RowLoader<TDb, TKey, TRow>(Reads<TDb> reads, Func<TRow, TKey> keyOf)
    : Loader<TKey, TRow>
    where TDb : ContextDb
    where TKey : notnull
    where TRow : class
{
    /// <summary>Opens the context's database.</summary>
    protected Reads<TDb> Reads => reads;

    /// <summary>The rows of these keys, as far as they are there.</summary>
    protected abstract IQueryable<TRow> Rows(TDb db, IReadOnlyList<TKey> keys);

    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<TKey, TRow>> FetchAsync(
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        return await ReadAsync(db, keys, cancel);
    }

    /// <summary>Reads them.</summary>
    private protected async Task<IReadOnlyDictionary<TKey, TRow>> ReadAsync(
        TDb db,
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    ) => await Rows(db, keys).ToDictionaryAsync(keyOf, cancel);
}

/// <summary>Loads any number of rows per key, those of a batch with one statement.</summary>
/// <param name="reads">Opens the context's database.</param>
/// <param name="keyOf">The key that a row is found by.</param>
internal abstract class RowListLoader<TDb, TKey, TRow>(Reads<TDb> reads, Func<TRow, TKey> keyOf)
    : ListLoader<TKey, TRow>
    where TDb : ContextDb
    where TKey : notnull
{
    /// <summary>Opens the context's database.</summary>
    protected Reads<TDb> Reads => reads;

    /// <summary>The rows of these keys, those of each in the order of its list.</summary>
    protected abstract IQueryable<TRow> Rows(TDb db, IReadOnlyList<TKey> keys);

    /// <inheritdoc />
    protected override async Task<ILookup<TKey, TRow>> FetchAsync(
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        return await ReadAsync(db, keys, cancel);
    }

    /// <summary>Reads them.</summary>
    private protected async Task<ILookup<TKey, TRow>> ReadAsync(
        TDb db,
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    ) => (await Rows(db, keys).ToListAsync(cancel)).ToLookup(keyOf);
}
