using System.Collections.Concurrent;
using Shop.Data.Storage;

namespace Shop.GraphQL.Engine.Loading;

/// <summary>
/// Reads for all subscribers of this node at once: when stock moves, thousands of pages ask for the same SKU at the same
/// moment. Only loaders whose values depend on the key alone take part. Reads the primary, as events do. Thread-safe.
/// </summary>
internal sealed class SharedLoads(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<Type, object> _byLoader = new();

    /// <summary>The values of some keys, read together with what others ask of the same kind of loader.</summary>
    public async Task<Func<TKey, TValue>> ReadAsync<TKey, TValue>(
        BatchingLoader<TKey, TValue> asking,
        IReadOnlyList<TKey> keys,
        CancellationToken cancel
    )
        where TKey : notnull
    {
        var loader = asking.GetType();
        var reads =
            (SharedReads<TKey, Found<TValue>>)
                _byLoader.GetOrAdd(
                    loader,
                    _ => new SharedReads<TKey, Found<TValue>>(all => FetchAsync<TKey, TValue>(loader, all))
                );
        var found = await Task.WhenAll(keys.Select(key => reads.ReadAsync(key, cancel)));
        var values = keys.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second!.Value);
        return key => values[key];
    }

    private async Task<IReadOnlyDictionary<TKey, Found<TValue>>> FetchAsync<TKey, TValue>(
        Type loader,
        IReadOnlyCollection<TKey> keys
    )
        where TKey : notnull
    {
        // The scopes of those who ask may end before the read does.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ReadTarget>().UsePrimary();
        var own =
            (BatchingLoader<TKey, TValue>)ActivatorUtilities.CreateInstance(scope.ServiceProvider, loader);
        var valueOf = await own.ReadAsync([.. keys], CancellationToken.None);
        return keys.ToDictionary(key => key, key => new Found<TValue>(valueOf(key)));
    }

    // A key may have no value, and that is an answer, too.
    private sealed record Found<TValue>(TValue Value);
}
