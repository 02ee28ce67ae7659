using Shop.Data.Shipping;
using Shop.GraphQL.Pricing;

namespace Shop.GraphQL.Shipping;

/// <summary>What Shipping adds to the graph.</summary>
internal sealed class ShippingModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<ShippingZoneId>("ShippingZone")
            .Id<ShippingMethodId>("ShippingMethod")
            .Node<ShippingZoneId, ShippingZone>((loaders, id) => loaders.Get<ShippingZoneById>().Load(id))
            .Node<ShippingMethodId, ShippingMethod>(
                (loaders, id) => loaders.Get<ShippingMethodById>().Load(id)
            )
            .Query<ShippingQueries>()
            .Mutation<ShippingMutations>()
            .Provide<ShippingTo>(services =>
            {
                var shipping = services.GetRequiredService<CurrentShipping>();
                return async (id, place, cancel) => (await shipping.ReadAsync(cancel)).To(id, place);
            });
}
