namespace Shop.Load.Client;

/// <summary>The calls of a purchase, for scenarios in which none of them may be refused. Safe to share between threads.</summary>
internal sealed class Buyer(PatientClient shop)
{
    private readonly Shipping _shipping = new(shop);

    /// <returns>The id of a new cart, which can be ordered.</returns>
    /// <exception cref="ShopFaultException">It was refused.</exception>
    public async Task<string> CartAsync(IEnumerable<(string Sku, int Units)> lines, CancellationToken cancel)
    {
        var data = await shop.AskAsync(Operation.CartCreate, Placed.Cart(lines), cancel);
        var (cart, problem) = Placed.ReadCart(data);
        if (cart is null)
        {
            throw new ShopFaultException(problem ?? "NO_CART", "A cart was refused.");
        }

        await _shipping.SelectAsync(cart, cancel);
        return cart;
    }

    /// <summary>A cart with one unit in it.</summary>
    public Task<string> CartAsync(string sku, CancellationToken cancel) => CartAsync([(sku, 1)], cancel);

    /// <returns>The order; null, and why, where it was refused.</returns>
    public async Task<(PlacedOrder? Order, string? Problem)> TryPlaceAsync(
        string cart,
        int shopper,
        CancellationToken cancel
    ) => Placed.ReadOrder(await shop.AskAsync(Operation.OrderPlace, Placed.Order(cart, shopper), cancel));

    /// <returns>The order.</returns>
    /// <exception cref="ShopFaultException">It was refused.</exception>
    public async Task<PlacedOrder> PlaceAsync(string cart, int shopper, CancellationToken cancel)
    {
        var (order, problem) = await TryPlaceAsync(cart, shopper, cancel);
        return order ?? throw new ShopFaultException(problem ?? "NO_ORDER", "An order was refused.");
    }

    /// <returns>Null; or why it was refused.</returns>
    public async Task<string?> CancelAsync(PlacedOrder order, CancellationToken cancel)
    {
        var input = Placed.Cancellation(order, Guid.CreateVersion7());
        var data = await shop.AskAsync(Operation.OrderCancel, input, cancel);
        return GraphAnswer.Problem(data.GetProperty("orderCancel"));
    }
}
