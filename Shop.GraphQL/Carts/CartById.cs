using Shop.Data.Carts;

namespace Shop.GraphQL.Carts;

/// <summary>A cart; one that has expired, was merged away or never was is absent. The id is the permission.</summary>
internal sealed class CartById(CartStore carts) : Loader<CartId, Cart>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CartId, Cart>> FetchAsync(
        IReadOnlyList<CartId> keys,
        CancellationToken cancel
    )
    {
        // Carts may be on different nodes of a cluster, so there is no script over several; the client pipelines them.
        var found = await Task.WhenAll(keys.Select(key => carts.FindAsync(key, cancel)));
        return found.OfType<Shop.Data.Carts.Cart>().ToDictionary(cart => cart.Id, Cart.Of);
    }
}
