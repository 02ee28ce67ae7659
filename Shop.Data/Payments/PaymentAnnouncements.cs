using System.Globalization;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Payments;

/// <summary>Tells every node that the payments of orders have changed; a listener reads them.</summary>
public sealed class PaymentAnnouncements(Announcer announcer)
{
    /// <summary>Where changes of all payments are told, by the order's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "payments";

    /// <summary>Does not fail where Redis is away.</summary>
    /// <param name="order">The order.</param>
    /// <param name="version">That of its last change.</param>
    internal Task PublishAsync(OrderId order, int version) =>
        announcer.PublishAsync(Channel, [(order.Value, version.ToString(CultureInfo.InvariantCulture))]);
}
