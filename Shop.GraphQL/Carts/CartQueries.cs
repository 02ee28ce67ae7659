namespace Shop.GraphQL.Carts;

/// <summary>What Carts adds to the root.</summary>
internal sealed class CartQueries(LoaderContext loaders)
{
    /// <summary>A cart. Null where there is none: it has expired, was merged into another one, or never was.</summary>
    /// <param name="id">The secret that `cartCreate` gave out.</param>
    public IDataLoaderResult<Cart?> Cart(CartId id) => loaders.Get<CartById>().Load(id);
}
