using Shop.Data.Checkout;
using Shop.GraphQL.Shared;

namespace Shop.GraphQL.Orders;

/// <summary>A cart to be ordered.</summary>
/// <param name="IdempotencyKey">The same key gives the same order, however often and from wherever it is sent; remembered for a week or as the shop is set.</param>
/// <param name="CartId">Whose selected lines are ordered, at their prices now.</param>
/// <param name="IfCartVersion">Refused unless the cart is at this version; null orders whatever is in it.</param>
/// <param name="IfTotal">
/// Refused with `TotalChanged` unless it costs this in all: the total that was shown is charged, or nothing is. Null for whatever it
/// costs now.
/// </param>
/// <param name="Email">Where questions about the order go; at most 254 characters.</param>
/// <param name="ShippingAddress">Where it goes.</param>
internal sealed record OrderPlaceInput(
    Guid IdempotencyKey,
    CartId CartId,
    int? IfCartVersion,
    Money? IfTotal,
    string Email,
    AddressInput ShippingAddress
)
{
    internal CheckOutRequest ToRequest(CustomerId? customer) =>
        new(IdempotencyKey, CartId, IfCartVersion, IfTotal, Email, ShippingAddress.ToAddress(), customer);

    /// <summary>What of it no order can have; empty where all is well.</summary>
    internal IEnumerable<Problem> Faults()
    {
        if (!EmailAddress.IsOne(Email))
        {
            yield return new InvalidInput("This is no e-mail address.", ["email"]);
        }

        foreach (var fault in ShippingAddress.Faults("shippingAddress"))
        {
            yield return fault;
        }
    }
}

/// <summary>An order to be called off.</summary>
/// <param name="IdempotencyKey">The same key cancels once, however often it is sent.</param>
/// <param name="Order">Which order.</param>
/// <param name="AccessKey">What `orderPlace` gave to the client that placed it; not needed by its customer, nor by staff on their own schema.</param>
/// <param name="Reason">Kept in the order's timeline; at most 500 characters.</param>
internal sealed record OrderCancelInput(
    Guid IdempotencyKey,
    OrderBy Order,
    string? AccessKey,
    [property: MaxText(500)] string? Reason
);

/// <summary>A guest's order that is to be a customer's.</summary>
/// <param name="Order">Which order.</param>
/// <param name="AccessKey">What `orderPlace` gave to the client that placed it.</param>
internal sealed record OrderClaimInput(OrderBy Order, [property: MaxText(100)] string AccessKey);
