using Shop.Data.Carts;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Limits;
using Shop.GraphQL.Engine.Problems;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Orders;

/// <summary>Where an order goes.</summary>
/// <param name="Name">Who receives it; at most 200 characters.</param>
/// <param name="Line1">Street and house; at most 200 characters.</param>
/// <param name="Line2">Flat, floor or company; at most 200 characters.</param>
/// <param name="City">Town; at most 100 characters.</param>
/// <param name="Region">State or county, where the country has them; at most 100 characters.</param>
/// <param name="PostalCode">As the country writes it; at most 20 characters. Empty where it has none.</param>
/// <param name="CountryCode">The country.</param>
internal sealed record AddressInput(
    [property: MaxText(200)] string Name,
    [property: MaxText(200)] string Line1,
    [property: MaxText(200)] string? Line2,
    [property: MaxText(100)] string City,
    [property: MaxText(100)] string? Region,
    [property: MaxText(20)] string PostalCode,
    [property: CountryCode] string CountryCode
)
{
    internal Shop.Data.Orders.Address ToStored() =>
        new(Name, Line1, Line2, City, Region, PostalCode, CountryCode);

    /// <summary>What of it no address can have; empty where all is well.</summary>
    /// <param name="field">What the input calls it.</param>
    internal IEnumerable<Problem> Faults(string field)
    {
        (string Name, string? Text, bool IsNeeded)[] fields =
        [
            ("name", Name, true),
            ("line1", Line1, true),
            ("line2", Line2, false),
            ("city", City, true),
            ("region", Region, false),
            ("postalCode", PostalCode, false),
        ];
        foreach (var (name, text, isNeeded) in fields)
        {
            if (isNeeded && string.IsNullOrWhiteSpace(text))
            {
                yield return new InvalidInput("It must not be empty.", [field, name]);
            }
            else if (text?.Any(char.IsControl) == true)
            {
                yield return new InvalidInput("It must be one line of text.", [field, name]);
            }
        }
    }
}

/// <summary>A cart to be ordered.</summary>
/// <param name="IdempotencyKey">The same key gives the same order, however often and from wherever it is sent; remembered for a week or as the shop is set.</param>
/// <param name="CartId">Whose selected lines are ordered, at their prices now.</param>
/// <param name="IfCartVersion">Refused unless the cart is at this version; null orders whatever is in it.</param>
/// <param name="Email">Where questions about the order go; at most 254 characters.</param>
/// <param name="ShippingAddress">Where it goes.</param>
internal sealed record OrderPlaceInput(
    Guid IdempotencyKey,
    CartId CartId,
    int? IfCartVersion,
    [property: MaxText(254)] string Email,
    AddressInput ShippingAddress
)
{
    /// <summary>Over all but the key: the same key with another input is a conflict.</summary>
    internal byte[] Fingerprint() =>
        Shop.Data.Orders.Keys.Fingerprint.Of(
            "place",
            CartId.Secret,
            StoredJson.Write(IfCartVersion),
            Email,
            StoredJson.Write(ShippingAddress.ToStored())
        );

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
/// <param name="AccessKey">What `orderPlace` gave to whoever placed it; not needed by its customer, nor by staff.</param>
/// <param name="Reason">Kept in the order's timeline; at most 500 characters.</param>
internal sealed record OrderCancelInput(
    Guid IdempotencyKey,
    OrderBy Order,
    string? AccessKey,
    [property: MaxText(500)] string? Reason
);

/// <summary>A guest's order that is to be a customer's.</summary>
/// <param name="Order">Which order.</param>
/// <param name="AccessKey">What `orderPlace` gave to whoever placed it.</param>
internal sealed record OrderClaimInput(OrderBy Order, [property: MaxText(100)] string AccessKey);
