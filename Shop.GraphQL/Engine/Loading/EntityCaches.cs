using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Shop.Data.Cache;
using Shop.Data.Storage;

namespace Shop.GraphQL.Engine.Loading;

/// <summary>What is kept of rows, for each kind of loader that may be kept. One for the process; thread-safe.</summary>
internal sealed class EntityCaches(
    IServiceScopeFactory scopes,
    EntityStores stores,
    IOptions<CacheOptions> options
)
{
    private readonly ConcurrentDictionary<Type, object> _byLoader = new();

    /// <summary>Whether anything is kept.</summary>
    public bool IsEnabled => options.Value.Enabled;

    /// <summary>What is kept for a kind of loader.</summary>
    /// <param name="loader">The kind.</param>
    /// <param name="kind">As what its rows are kept.</param>
    /// <param name="refill">Reads rows by a loader that was made for nobody.</param>
    public EntityCache<TKey, TRow> Of<TKey, TRow>(
        Type loader,
        EntityKind<TKey, TRow> kind,
        Func<object, IReadOnlyList<TKey>, Task<Refill<TKey, TRow>>> refill
    )
        where TKey : notnull
        where TRow : class =>
        (EntityCache<TKey, TRow>)
            _byLoader.GetOrAdd(
                loader,
                _ => new EntityCache<TKey, TRow>(
                    kind,
                    stores,
                    (keys, isPrimary) => RefillAsync(loader, refill, keys, isPrimary)
                )
            );

    private async Task<Refill<TKey, TRow>> RefillAsync<TKey, TRow>(
        Type loader,
        Func<object, IReadOnlyList<TKey>, Task<Refill<TKey, TRow>>> refill,
        IReadOnlyCollection<TKey> keys,
        bool isPrimary
    )
        where TKey : notnull
    {
        // The scopes of those who ask may end before the read does; and what is kept is nobody's.
        await using var scope = scopes.CreateAsyncScope();
        if (isPrimary)
        {
            scope.ServiceProvider.GetRequiredService<ReadTarget>().UsePrimary();
        }

        var own = ActivatorUtilities.CreateInstance(scope.ServiceProvider, loader);
        return await refill(own, [.. keys]);
    }
}
