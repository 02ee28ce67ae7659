using GraphQL.DataLoader;

namespace Shop.GraphQL.Loading;

/// <summary>What can be done with a value that is not there yet, without asking for it too early.</summary>
internal static class LoaderResults
{
    /// <summary>
    /// Makes another value of the loaded one. If that is a loader's result again, the executor follows it:
    /// <c>lines.Load(id).Select(line => variants.Load(line.VariantId))</c> batches twice.
    /// </summary>
    public static IDataLoaderResult<TTo> Select<TFrom, TTo>(
        this IDataLoaderResult<TFrom> result,
        Func<TFrom, TTo> map
    ) => new Mapped<TFrom, TTo>(result, map);

    private sealed class Mapped<TFrom, TTo>(IDataLoaderResult<TFrom> result, Func<TFrom, TTo> map)
        : IDataLoaderResult<TTo>
    {
        public async Task<TTo> GetResultAsync(CancellationToken cancellationToken = default) =>
            map(await result.GetResultAsync(cancellationToken));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }
}
