namespace Shop.Data.Orders.Feed;

/// <summary>
/// The steps of all orders, for readers outside of the shop: <c>order_event</c> as it is written anyway. One process at a time
/// reads for a reader.
/// </summary>
public sealed class OrderFeed(Database<OrdersDb> database, TimeProvider clock)
{
    /// <summary>Opens it on a connection of its own.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null where another process reads for them.</returns>
    public async Task<OpenOrderFeed?> OpenAsync(string reader, CancellationToken cancel)
    {
        var feed = new OpenOrderFeed(await database.LonePrimary.OpenConnectionAsync(cancel), reader, clock);
        var isOurs = false;
        try
        {
            isOurs = await feed.TryBeginAsync(cancel);
            return isOurs ? feed : null;
        }
        finally
        {
            if (!isOurs)
            {
                await feed.DisposeAsync();
            }
        }
    }
}
