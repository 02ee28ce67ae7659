namespace Shop.GraphQL.Engine.Loading;

/// <summary>
/// Owns the loaders of one operation, so that keys and values never cross requests or shoppers. Scoped; thread-safe.
/// </summary>
internal sealed class LoaderContext(IServiceProvider services)
{
    private readonly Dictionary<Type, object> _loaders = [];
    private readonly Lock _gate = new();
    private SharedLoads? _shared;

    /// <summary>The operation's only loader of this kind; made with the request's services when first asked for.</summary>
    public TLoader Get<TLoader>()
        where TLoader : SharableLoader
    {
        lock (_gate)
        {
            if (!_loaders.TryGetValue(typeof(TLoader), out var loader))
            {
                var made = Factory<TLoader>.Make(services, null);
                made.Shared = _shared;
                _loaders.Add(typeof(TLoader), loader = made);
            }

            return (TLoader)loader;
        }
    }

    /// <summary>On whose behalf the operation reads.</summary>
    public Asker Asker => services.GetRequiredService<Asker>();

    /// <summary>Whether it reads together with others.</summary>
    public bool IsShared => _shared is not null;

    /// <summary>From here on, this operation reads together with others where that is the same for all.</summary>
    public void Share() => _shared = services.GetRequiredService<SharedLoads>();

    /// <summary>Forgets every value: what was read before a write is not what a reader after it should see.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _loaders.Clear();
        }
    }

    // Compiled once per kind of loader: a request makes several, and looking up constructors each time shows.
    private static class Factory<TLoader>
    {
        public static readonly ObjectFactory<TLoader> Make = ActivatorUtilities.CreateFactory<TLoader>([]);
    }
}
