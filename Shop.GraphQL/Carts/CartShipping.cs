using Shop.Data.Carts;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Shipping;

namespace Shop.GraphQL.Carts;

/// <summary>A way in which a cart can go.</summary>
/// <param name="Id">Opaque and global; for `cartShippingSelect`.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Carrier">Who carries it; null where that is not said.</param>
/// <param name="Price">What it costs, before promotions; null where it is not available.</param>
/// <param name="Due">What is to be paid for it; null where it is not available.</param>
/// <param name="MinDays">The fewest days that it takes; null where that is not said.</param>
/// <param name="MaxDays">The most days that it takes; null where that is not said.</param>
/// <param name="IsAvailable">It takes these goods there; false as long as it is not known where they go.</param>
internal sealed record ShippingOption(
    ShippingMethodId Id,
    string Title,
    string? Carrier,
    Money? Price,
    TaxedMoney? Due,
    int? MinDays,
    int? MaxDays,
    bool IsAvailable
)
{
    internal static ShippingOption Of(Way way, Quote? quote) =>
        new(
            way.Id,
            way.Title,
            way.Carrier,
            quote?.Shipping?.Price,
            quote?.Shipping?.Due,
            way.MinDays,
            way.MaxDays,
            quote?.Shipping is not null
        );
}

/// <summary>The cart cannot be shipped there in the way that was selected. Show `Cart.shippingOptions`.</summary>
/// <param name="OptionId">The way that was selected.</param>
internal sealed record ShippingUnavailable(ShippingMethodId OptionId) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.ShippingUnavailable;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "It cannot be shipped in the way that was chosen.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}

/// <summary>How a cart shall go.</summary>
/// <param name="CartId">Which cart.</param>
/// <param name="ShippingOptionId">One of `Cart.shippingOptions`; null for none.</param>
/// <param name="IfVersion">Refused unless the cart is at this version; null for whatever it is at.</param>
/// <param name="IdempotencyKey">
/// Sent again with the same key and input, it is done once, whatever `ifVersion` says, and answers the cart as it is now; the
/// last 50 keys of a cart are remembered.
/// </param>
internal sealed record CartShippingInput(
    CartId CartId,
    ShippingMethodId? ShippingOptionId,
    int? IfVersion,
    Guid? IdempotencyKey
);

/// <summary>How carts go.</summary>
internal sealed class CartShippingMutations(CartStore carts, CurrentShipping shipping)
{
    /// <summary>
    /// Says how a cart shall go. What does not fit, or not any more, is kept and told in `Cart.problems`; it is never exchanged for
    /// another one.
    /// </summary>
    /// <param name="input">How which cart goes.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartShippingSelectAsync(CartShippingInput input, CancellationToken cancel)
    {
        var store = carts.Once(CartCall.Of(input.IdempotencyKey, "selectShipping", input));
        if (input.ShippingOptionId is { } option && (await shipping.ReadAsync(cancel)).Find(option) is null)
        {
            // What the shop does not do any more it may have done when the call was made first.
            return await store.ReplayAsync(input.CartId, cancel) is { } earlier
                ? CartPayload.Of(earlier)
                : CartPayload.Refused(
                    new NotFound("There is no such option.", ["shippingOptionId"], GlobalId.Of(option))
                );
        }

        return CartPayload.Of(
            await store.SelectShippingAsync(input.CartId, input.ShippingOptionId, input.IfVersion, cancel)
        );
    }
}
