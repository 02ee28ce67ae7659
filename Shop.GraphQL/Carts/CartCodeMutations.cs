using Shop.Data.Carts;
using Shop.Data.Pricing.Codes;

namespace Shop.GraphQL.Carts;

/// <summary>A code that a shopper types for a promotion, or takes back.</summary>
/// <param name="CartId">Which cart.</param>
/// <param name="Code">The code, in whatever case, with blanks and hyphens wherever; at most 100 characters.</param>
/// <param name="IfVersion">Refused unless the cart is at this version; null for whatever it is at.</param>
/// <param name="IdempotencyKey">
/// Sent again with the same key and input, it is done once, whatever `ifVersion` says, and answers the cart as it is now; the
/// last 50 keys of a cart are remembered.
/// </param>
internal sealed record CartCodeInput(
    CartId CartId,
    [property: MaxText(100)] string Code,
    int? IfVersion,
    Guid? IdempotencyKey
);

/// <summary>What shoppers type for promotions.</summary>
internal sealed class CartCodeMutations(CartStore carts, TryCode tryCode, Asker asker)
{
    /// <summary>
    /// Puts a code of a promotion into a cart, also one whose promotion does not apply yet: `CartCost.promotions` says what is
    /// missing. `CodeRefused` where there is no such code, or it is over; `Throttled` where too many were tried that are none.
    /// </summary>
    /// <param name="input">Which code, into which cart.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartCodeAddAsync(CartCodeInput input, CancellationToken cancel)
    {
        var store = carts.Once(CartCall.Of(input.IdempotencyKey, "addCode", input));
        var tried = await tryCode.RunAsync(new(input.Code, input.CartId, asker.Address), cancel);
        if (tried is TryCodeResult.Taken(var code))
        {
            return CartPayload.Of(await store.AddCodeAsync(input.CartId, code, input.IfVersion, cancel));
        }

        // What is not taken by now may have been when the call was made first.
        return await store.ReplayAsync(input.CartId, cancel) is { } earlier
            ? CartPayload.Of(earlier)
            : CartPayload.Refused(ProblemOf(tried));
    }

    /// <summary>Takes a code out of a cart.</summary>
    /// <param name="input">Which code, out of which cart.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartCodeRemoveAsync(CartCodeInput input, CancellationToken cancel) =>
        CartPayload.Of(
            await carts
                .Once(CartCall.Of(input.IdempotencyKey, "removeCode", input))
                .RemoveCodeAsync(input.CartId, CodeText.Of(input.Code) ?? input.Code, input.IfVersion, cancel)
        );

    private static Problem ProblemOf(TryCodeResult tried) =>
        tried switch
        {
            TryCodeResult.Refused(var (code, reason)) => new CodeRefused(code, reason) { Field = ["code"] },
            TryCodeResult.Throttled(var pollAfter) => new Throttled(pollAfter)
            {
                Message =
                    "Too many codes were tried that are none; send the same request again after `pollAfter`.",
                Field = ["code"],
            },
            _ => throw new InvalidOperationException($"{tried} is no way to refuse."),
        };
}
