using Shop.Data.Storage.PubSub;

namespace Shop.Data.Search.Rebuilding;

/// <summary>Tells every node that an index of Elasticsearch has moved; a listener reads how far it is.</summary>
public sealed class EngineIndexAnnouncements(Announcer announcer)
{
    /// <summary>Where it is told, by the index's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "search-indexes";

    /// <summary>Says it of one, or of two that change places. Does not fail where Redis is away.</summary>
    public Task PublishAsync(EngineIndexId index, EngineIndexId? other = null) =>
        announcer.PublishAsync(
            Channel,
            other is { } second ? [(index.Value, "moved"), (second.Value, "moved")] : [(index.Value, "moved")]
        );
}
