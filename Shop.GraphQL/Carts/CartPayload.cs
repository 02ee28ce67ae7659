using System.Diagnostics;
using Shop.Data.Carts;
using StoredCart = Shop.Data.Carts.Cart;

namespace Shop.GraphQL.Carts;

/// <summary>What a change of a cart did.</summary>
/// <param name="Cart">The cart after it; null where nothing was done.</param>
/// <param name="Problems">Why nothing was done; empty on success.</param>
internal sealed record CartPayload(Cart? Cart, [property: ListSize(20)] IReadOnlyList<Problem> Problems)
{
    /// <summary>Nothing was done.</summary>
    internal static CartPayload Refused(params IReadOnlyList<Problem> problems) => new(null, problems);

    /// <summary>What the store answered.</summary>
    /// <param name="field">Where in the input the line of an index stands; <c>lines</c> where it is not said.</param>
    internal static CartPayload Of(CartResult result, Func<int, IReadOnlyList<string>>? field = null) =>
        OfResult(result, field ?? (index => ["lines", $"{index}"]));

    /// <summary>A quantity past the most.</summary>
    internal static InvalidInput TooMany(IReadOnlyList<string> field) =>
        new($"A cart holds at most {StoredCart.MaxQuantity} of one SKU.", [.. field, "quantity"]);

    private static CartPayload OfResult(CartResult result, Func<int, IReadOnlyList<string>> field) =>
        result switch
        {
            CartResult.Done(var cart) => new(Cart.Of(cart), []),
            CartResult.NotFound => Refused(new NotFound("There is no such cart.", ["cartId"], null)),
            CartResult.SourceNotFound => Refused(
                new NotFound("There is no such cart.", ["fromCartId"], null)
            ),
            CartResult.KeyConflict => Refused(new IdempotencyConflict()),
            CartResult.VersionConflict(var version) => Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            CartResult.LineNotFound(var index) => Refused(
                new NotFound("This line is not in the cart any more.", field(index), null)
            ),
            CartResult.TooManyLines(var index) => Refused(
                new InvalidInput($"A cart holds at most {StoredCart.MaxLines} different SKUs.", field(index))
            ),
            CartResult.QuantityTooLarge(var index) => Refused(TooMany(field(index))),
            CartResult.TooManyCodes => Refused(
                new InvalidInput($"A cart holds at most {StoredCart.MaxCodes} codes.", ["code"])
            ),
            CartResult.OtherCurrency(var index) => Refused(
                new InvalidInput("Its price is in another currency than the cart.", field(index))
            ),
            _ => throw new UnreachableException(),
        };
}
