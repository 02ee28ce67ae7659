using Npgsql;
using Shop.Data.Cache;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Catalog;

/// <summary>Tells every node that the catalogue has changed, and what of it no cache may use any more.</summary>
public sealed class CatalogAnnouncements(
    Database<CatalogDb> database,
    RaiseFloors raiseFloors,
    Announcer announcer
)
{
    /// <summary>Where it is told; for <see cref="Signals"/>.</summary>
    public const string Channel = "catalog";

    /// <summary>After a commit; does not fail. Whoever is answered after it reads what was committed.</summary>
    /// <param name="subjects">What has changed: see <see cref="Floors"/>.</param>
    public async Task PublishAsync(IReadOnlyCollection<string> subjects)
    {
        await raiseFloors.TryAsync(database.Primary, subjects);
        await announcer.PublishAsync(Channel, "changed");
    }

    /// <inheritdoc cref="PublishAsync(IReadOnlyCollection{string})"/>
    /// <param name="products">Which have changed, or SKUs of theirs.</param>
    public Task PublishAsync(IEnumerable<ProductId> products) =>
        PublishAsync([.. products.Select(Floors.Of)]);

    /// <summary>Has caches forget what they kept of a change that is committed, as its message says. Repeated, it costs reads.</summary>
    /// <exception cref="NpgsqlException">The primary is away.</exception>
    /// <exception cref="StackExchange.Redis.RedisException">Redis is away.</exception>
    public Task ForgetAsync(IReadOnlyCollection<string> subjects, CancellationToken cancel) =>
        raiseFloors.RunAsync(database.Primary, subjects, cancel);
}
