using Shop.Data.Storage.PubSub;

namespace Shop.Data.Inventory;

/// <summary>Tells every node that the stock of SKUs has moved; a listener reads the level.</summary>
public sealed class StockAnnouncements(Announcer announcer)
{
    /// <summary>Where the moves of all SKUs are told, by the SKU's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "stock";

    /// <summary>All of them in one message. Does not fail where Redis is away.</summary>
    public Task PublishAsync(IReadOnlyCollection<VariantId> variants) =>
        announcer.PublishAsync(Channel, [.. variants.Select(variant => (variant.Value, "moved"))]);
}
