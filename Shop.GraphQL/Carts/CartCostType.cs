using GraphQL.Types;
using Shop.Data.Pricing;

namespace Shop.GraphQL.Carts;

/// <summary>Pricing's cost, of carts and orders alike.</summary>
internal sealed class CartCostType : AutoRegisteringObjectGraphType<Cost>
{
    public CartCostType() => Name = "CartCost";
}
