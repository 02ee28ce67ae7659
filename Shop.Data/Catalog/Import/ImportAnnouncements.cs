using Shop.Data.Storage.PubSub;

namespace Shop.Data.Catalog.Import;

/// <summary>Tells every node that an import has moved; a listener reads how far it is.</summary>
public sealed class ImportAnnouncements(Announcer announcer)
{
    /// <summary>Where it is told, by the import's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "catalog-imports";

    /// <inheritdoc cref="Announcer.PublishAsync(string, StackExchange.Redis.RedisValue)"/>
    public Task PublishAsync(ImportId import) => announcer.PublishAsync(Channel, [(import.Value, "moved")]);
}
