namespace Shop.Load.Client;

/// <summary>
/// In which way carts go: the first of those that the shop has. It is asked for once; where the shop has none, carts are ordered as they
/// are, and cost no call more. Safe to share between threads.
/// </summary>
internal sealed class Shipping(PatientClient shop)
{
    private readonly Lazy<Task<string?>> _way = new(() => FindAsync(shop));

    /// <summary>Selects it for a cart.</summary>
    /// <exception cref="ShopFaultException">It was refused.</exception>
    public async Task SelectAsync(string cart, CancellationToken cancel)
    {
        if (await _way.Value.WaitAsync(cancel) is not { } way)
        {
            return;
        }

        var input = new { cartId = cart, shippingOptionId = way };
        var data = await shop.AskAsync(Operation.CartShippingSelect, new { input }, cancel);
        if (GraphAnswer.Problem(data.GetProperty("cartShippingSelect")) is { } problem)
        {
            throw new ShopFaultException(problem, "A way to ship was refused.");
        }
    }

    // Of a cart that nobody fills: where one goes does not matter, as long as that is not said.
    private static async Task<string?> FindAsync(PatientClient shop)
    {
        var data = await shop.AskAsync(Operation.ShippingOptions, variables: null, CancellationToken.None);
        return data.GetProperty("cartCreate")
            .GetProperty("cart")
            .GetProperty("shippingOptions")
            .EnumerateArray()
            .Select(option => option.GetProperty("id").GetString())
            .FirstOrDefault();
    }
}
