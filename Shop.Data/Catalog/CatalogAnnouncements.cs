using Shop.Data.Storage.PubSub;

namespace Shop.Data.Catalog;

/// <summary>Tells every node that the catalogue has changed.</summary>
public sealed class CatalogAnnouncements(Announcer announcer)
{
    /// <summary>Where it is told; for <see cref="Signals"/>.</summary>
    public const string Channel = "catalog";

    /// <inheritdoc cref="Announcer.PublishAsync(string, StackExchange.Redis.RedisValue)"/>
    public Task PublishAsync() => announcer.PublishAsync(Channel, "changed");
}
