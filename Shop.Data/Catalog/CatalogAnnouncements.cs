using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Data.Cache;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Catalog;

/// <summary>Tells every node that the catalogue has changed: which keys there are now, and what no cache may use any more.</summary>
public sealed class CatalogAnnouncements(
    Database<CatalogDb> database,
    CatalogKeys keys,
    KnownKeys known,
    RaiseFloors raiseFloors,
    Announcer announcer,
    ILogger<CatalogAnnouncements> log
)
{
    /// <summary>Where it is told; for <see cref="Signals"/>.</summary>
    public const string Channel = "catalog";

    // Keys of a signal.
    private const int PerSignal = 500;

    /// <summary>After a commit; does not fail. Whoever is answered after it reads what was committed.</summary>
    public async Task PublishAsync(CatalogChange change)
    {
        try
        {
            await TellKeysAsync(change, CancellationToken.None);
        }
        catch (NpgsqlException fault)
        {
            // The message of the change tells the others.
            known.Doubt();
            log.KeysNotTold(fault);
        }

        await raiseFloors.TryAsync(database.Primary, change.Subjects);
        await announcer.PublishAsync(Channel, "changed");
    }

    /// <inheritdoc cref="PublishAsync(CatalogChange)"/>
    /// <param name="products">Which have changed, or SKUs of theirs.</param>
    public Task PublishAsync(IEnumerable<ProductId> products) =>
        PublishAsync(new CatalogChange { Products = [.. products] });

    /// <summary>Says the same of a change that is committed, as its message does. Repeated, it costs reads.</summary>
    /// <exception cref="NpgsqlException">The primary is away.</exception>
    /// <exception cref="StackExchange.Redis.RedisException">Redis is away.</exception>
    public async Task ForgetAsync(CatalogChange change, CancellationToken cancel)
    {
        await TellKeysAsync(change, cancel);
        await raiseFloors.RunAsync(database.Primary, change.Subjects, cancel);
    }

    private async Task TellKeysAsync(CatalogChange change, CancellationToken cancel)
    {
        if (!known.IsEnabled || change.Products.Count + change.Categories.Count == 0)
        {
            return;
        }

        // As they are stored: whoever writes them, and however often.
        var all = await keys.OfAsync(change, cancel);
        known.Learn(all);
        foreach (var part in all.Chunk(PerSignal))
        {
            await announcer.PublishAsync(KnownKeys.Channel, KnownKeys.Write(part));
        }
    }
}
