using Shop.Data.Carts;
using Shop.GraphQL.Engine.Scalars;
using Place = Shop.Data.Kernel.Destination;

namespace Shop.GraphQL.Carts;

/// <summary>Where a cart goes, as far as its cost depends on it.</summary>
/// <param name="CountryCode">The country.</param>
/// <param name="Region">State or county by ISO 3166-2, such as `US-NY`; null where it is not known.</param>
/// <param name="PostalCode">As the country writes it; null where it is not known.</param>
internal sealed record Destination(
    [property: CountryCode] string CountryCode,
    string? Region,
    string? PostalCode
)
{
    /// <summary>From what is stored to what clients see.</summary>
    internal static Destination? Of(Place? place) =>
        place is null ? null : new(place.Country, place.Region, place.PostalCode);
}

/// <summary>Where a cart goes, before there is an address.</summary>
/// <param name="CartId">Which cart.</param>
/// <param name="CountryCode">The country.</param>
/// <param name="Region">
/// State or county by ISO 3166-2, with the country or without: `US-NY` or `NY`. Null where the country has none that matter.
/// </param>
/// <param name="PostalCode">As the country writes it; at most 20 characters. Null where it is not known.</param>
/// <param name="IfVersion">Refused unless the cart is at this version; null for whatever it is at.</param>
/// <param name="IdempotencyKey">
/// Sent again with the same key and input, it is done once, whatever `ifVersion` says, and answers the cart as it is now; the
/// last 50 keys of a cart are remembered.
/// </param>
internal sealed record CartDestinationInput(
    CartId CartId,
    [property: CountryCode] string CountryCode,
    [property: MaxText(20)] string? Region,
    [property: MaxText(20)] string? PostalCode,
    int? IfVersion,
    Guid? IdempotencyKey
)
{
    /// <summary>The place; null with the problems where it is none.</summary>
    internal (Place? Place, IReadOnlyList<Problem> Problems) Read()
    {
        var region = Place.Known(Region) is { } text ? Place.RegionOf(CountryCode, text) : null;
        var problems = new List<Problem>();
        if (!CountryCodeScalar.IsAssigned(CountryCode))
        {
            problems.Add(
                new InvalidInput(
                    "It is no country's code: two capitals by ISO 3166-1, such as GB.",
                    ["countryCode"]
                )
            );
        }
        else if (region is null && Place.Known(Region) is not null)
        {
            problems.Add(
                new InvalidInput("It is no region's code: by ISO 3166-2, such as US-NY.", ["region"])
            );
        }

        if (PostalCode is { } postalCode && !PlainText.IsName(postalCode))
        {
            problems.Add(
                new InvalidInput("It must be one line of text without hidden characters.", ["postalCode"])
            );
        }

        return problems.Count > 0
            ? (null, problems)
            : (new(CountryCode, region, Place.Known(PostalCode)), []);
    }
}

/// <summary>Where carts go.</summary>
internal sealed class CartDestinationMutations(CartStore carts)
{
    /// <summary>
    /// Says where a cart goes: taxes, shipping and some promotions depend on it. The address of the order is given with
    /// `orderPlace`, and rules there.
    /// </summary>
    /// <param name="input">Where which cart goes.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartDestinationSetAsync(
        CartDestinationInput input,
        CancellationToken cancel
    )
    {
        var (place, problems) = input.Read();
        return place is null
            ? CartPayload.Refused(problems)
            : CartPayload.Of(
                await carts
                    .Once(CartCall.Of(input.IdempotencyKey, "setDestination", input))
                    .SetDestinationAsync(input.CartId, place, input.IfVersion, cancel)
            );
    }
}
