using Shop.Data.Carts;
using Shop.GraphQL.Accounts;

namespace Shop.GraphQL.Carts;

/// <summary>The cart of a customer.</summary>
internal sealed class CustomerCart(LoaderContext loaders, Asker asker)
{
    /// <summary>
    /// The cart that follows them from device to device; null where they have none. Its id is a secret, so only they see it.
    /// </summary>
    [Cost(5)]
    public IDataLoaderResult<Cart?>? Cart([FromSource] Customer customer) =>
        customer.Id == asker.Customer ? loaders.Get<CartOfCustomer>().Load(customer.Id) : null;
}

/// <summary>The cart of a guest who signs in, as Accounts asks for it.</summary>
internal static class GuestCart
{
    public static ClaimGuestCart Claim(IServiceProvider services)
    {
        var claimCart = services.GetRequiredService<ClaimCart>();
        return async (customer, guests, cancel) =>
            await claimCart.RunAsync(customer, guests, cancel) is var claimed
            && claimed is CartResult.SourceNotFound
                ? [new NotFound("There is no such cart.", ["cartId"], null)]
                : CartPayload.Of(claimed, _ => ["cartId"]).Problems;
    }
}

/// <summary>A customer's own cart.</summary>
internal sealed class CartOfCustomer(OwnCarts ownCarts, CartStore carts) : Loader<CustomerId, Cart>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CustomerId, Cart>> FetchAsync(
        IReadOnlyList<CustomerId> keys,
        CancellationToken cancel
    )
    {
        var found = await Task.WhenAll(keys.Select(async key => (key, await FindAsync(key, cancel))));
        return found
            .Where(pair => pair.Item2 is not null)
            .ToDictionary(pair => pair.key, pair => Cart.Of(pair.Item2!));
    }

    private async Task<Shop.Data.Carts.Cart?> FindAsync(CustomerId customer, CancellationToken cancel) =>
        await ownCarts.FindAsync(customer, cancel) is { } id ? await carts.FindAsync(id, cancel) : null;
}
