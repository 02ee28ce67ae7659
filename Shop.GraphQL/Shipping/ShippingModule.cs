using Shop.Data.Shipping;
using Shop.Data.Shipping.Rates;
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
                var rates = services.GetRequiredService<CarrierRates>();
                return async (id, place, lines, cancel) =>
                {
                    var book = await shipping.ReadAsync(cancel);
                    return book.To(
                        id,
                        place,
                        await rates.ReadAsync(book, id, Parcel.Of(lines, place), cancel)
                    );
                };
            });
}
