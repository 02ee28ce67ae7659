using System.Collections.Frozen;
using Shop.Data.Inventory;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Storage;

namespace Shop.Jobs.Messages;

/// <summary>Who hears what: a line for each topic.</summary>
internal sealed class MessageRouter(
    DeductStock deductStock,
    RestockOrders restockOrders,
    RecordStockOutcome recordStockOutcome
)
{
    private delegate Task Route(
        string sender,
        IReadOnlyList<ClaimedMessage> messages,
        CancellationToken cancel
    );

    private readonly FrozenDictionary<string, Route> _routes = new Dictionary<string, Route>
    {
        [DeductionRequested.Topic] = To<DeductionRequested>(deductStock.RunAsync),
        [RestockRequested.Topic] = To<RestockRequested>(restockOrders.RunAsync),
        [StockDeducted.Topic] = To<StockDeducted>(recordStockOutcome.RunAsync),
        [StockRejected.Topic] = To<StockRejected>(recordStockOutcome.RunAsync),
    }.ToFrozenDictionary();

    /// <summary>Hands messages of one topic to their receiver, as one batch that commits or fails as a whole.</summary>
    /// <exception cref="KeyNotFoundException">Nobody hears this topic.</exception>
    public Task DeliverAsync(
        string topic,
        string sender,
        IReadOnlyList<ClaimedMessage> messages,
        CancellationToken cancel
    ) => _routes[topic](sender, messages, cancel);

    private static Route To<TMessage>(
        Func<IReadOnlyList<Delivered<TMessage>>, CancellationToken, Task> receiver
    )
        where TMessage : IMessage =>
        (sender, messages, cancel) =>
            receiver(
                [
                    .. messages.Select(message => new Delivered<TMessage>(
                        sender,
                        message.Id,
                        StoredJson.Read<TMessage>(message.Payload),
                        message.TraceParent
                    )),
                ],
                cancel
            );
}
