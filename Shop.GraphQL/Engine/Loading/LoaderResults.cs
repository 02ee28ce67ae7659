namespace Shop.GraphQL.Engine.Loading;

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

    /// <summary>This value and another one: both are waiting for their batches before either is read.</summary>
    public static IDataLoaderResult<(TFirst First, TSecond Second)> And<TFirst, TSecond>(
        this IDataLoaderResult<TFirst> first,
        IDataLoaderResult<TSecond> second
    ) => new Pair<TFirst, TSecond>(first, second);

    /// <summary>All of these values, in this order.</summary>
    public static IDataLoaderResult<IReadOnlyList<T>> All<T>(IEnumerable<IDataLoaderResult<T>> results) =>
        // The list asks every loader for its key now; the batch is read when the first value is wanted.
        new Several<T>([.. results]);

    /// <summary>A value that is there already, where another time one has to be loaded.</summary>
    public static IDataLoaderResult<T> Of<T>(T value) => new Ready<T>(value);

    /// <summary>A value that cannot be had: the field that asks for it gets the fault, and no other.</summary>
    public static IDataLoaderResult<T> Failed<T>(Exception fault) => new Faulty<T>(fault);

    private sealed class Faulty<T>(Exception fault) : IDataLoaderResult<T>
    {
        public Task<T> GetResultAsync(CancellationToken cancellationToken = default) =>
            Task.FromException<T>(fault);

        Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            Task.FromException<object?>(fault);
    }

    private sealed class Ready<T>(T value) : IDataLoaderResult<T>
    {
        public Task<T> GetResultAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(value);

        Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            Task.FromResult<object?>(value);
    }

    private sealed class Pair<TFirst, TSecond>(
        IDataLoaderResult<TFirst> first,
        IDataLoaderResult<TSecond> second
    ) : IDataLoaderResult<(TFirst First, TSecond Second)>
    {
        public async Task<(TFirst First, TSecond Second)> GetResultAsync(
            CancellationToken cancellationToken = default
        ) => (await first.GetResultAsync(cancellationToken), await second.GetResultAsync(cancellationToken));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }

    private sealed class Several<T>(IReadOnlyList<IDataLoaderResult<T>> results)
        : IDataLoaderResult<IReadOnlyList<T>>
    {
        public async Task<IReadOnlyList<T>> GetResultAsync(CancellationToken cancellationToken = default)
        {
            var values = new T[results.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = await results[i].GetResultAsync(cancellationToken);
            }

            return values;
        }

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }

    private sealed class Mapped<TFrom, TTo>(IDataLoaderResult<TFrom> result, Func<TFrom, TTo> map)
        : IDataLoaderResult<TTo>
    {
        public async Task<TTo> GetResultAsync(CancellationToken cancellationToken = default) =>
            map(await result.GetResultAsync(cancellationToken));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }
}
