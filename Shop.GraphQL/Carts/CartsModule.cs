using Shop.Data.Carts;
using Shop.GraphQL.Accounts;

namespace Shop.GraphQL.Carts;

/// <summary>What Carts adds to the graph.</summary>
internal sealed class CartsModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<CartId>("Cart", id => id.Secret, key => CartId.TryParse(key, out var id) ? id : null)
            .Id<CartLineId>(
                "CartLine",
                id => id.ToString(),
                key => CartLineId.TryParse(key, out var id) ? id : null
            )
            .Node<CartId, Cart>((loaders, id) => loaders.Get<CartById>().Load(id))
            .Type<PriceChanged>()
            .Type<CodeRefused>()
            .Type<ShippingUnavailable>()
            .Type<TaxUnavailable>()
            .Query<CartQueries>()
            .Mutation<CartMutations>()
            .Mutation<CartCodeMutations>()
            .Mutation<CartDestinationMutations>()
            .Mutation<CartShippingMutations>()
            .Subscription<CartSubscriptions>()
            .Extend<Customer, CustomerCart>()
            .Provide(GuestCart.Claim);
}
