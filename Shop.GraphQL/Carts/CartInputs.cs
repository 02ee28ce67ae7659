using Shop.Data.Carts;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Engine.Scalars;
using StoredCart = Shop.Data.Carts.Cart;

namespace Shop.GraphQL.Carts;

/// <summary>A new cart.</summary>
/// <param name="CurrencyCode">What its prices are in for as long as it lives, one of `currencies`; that of the request where it is left out.</param>
/// <param name="Lines">What is put in at once; at most 200.</param>
/// <param name="IdempotencyKey">
/// Sent again with the same key and input, it answers the cart that was made first, as it is now; choose it at random, for it
/// leads to the cart.
/// </param>
internal sealed record CartCreateInput(
    [property: CurrencyCode] string? CurrencyCode,
    [property: MaxItems(StoredCart.MaxLines)] IReadOnlyList<CartLineInput>? Lines,
    Guid? IdempotencyKey
);

/// <summary>What is put into a cart.</summary>
/// <param name="Variant">Which SKU.</param>
/// <param name="Quantity">How many; at least 1, and at most 10,000 together with those in the cart.</param>
internal sealed record CartLineInput(ProductVariantBy Variant, int Quantity);

/// <summary>What is put into which cart.</summary>
/// <param name="CartId">Which cart.</param>
/// <param name="Lines">What, at most 200; more of a SKU that is there adds up in its line.</param>
/// <param name="IfVersion">Refused unless the cart is at this version; null for whatever it is at.</param>
/// <param name="IdempotencyKey">
/// Sent again with the same key and input, it is done once, whatever `ifVersion` says, and answers the cart as it is now; the
/// last 50 keys of a cart are remembered.
/// </param>
internal sealed record CartLinesAddInput(
    CartId CartId,
    [property: MaxItems(StoredCart.MaxLines)] IReadOnlyList<CartLineInput> Lines,
    int? IfVersion,
    Guid? IdempotencyKey
);

/// <summary>A line and how many it shall be.</summary>
/// <param name="LineId">Which line.</param>
/// <param name="Quantity">0 to 10,000; 0 takes it out.</param>
internal sealed record CartLineUpdateInput(CartLineId LineId, int Quantity);

/// <summary>Quantities of lines that are there.</summary>
/// <param name="CartId">Which cart.</param>
/// <param name="Lines">Which lines; at most 200.</param>
/// <param name="IfVersion">Refused unless the cart is at this version; null for whatever it is at.</param>
/// <param name="IdempotencyKey">
/// Sent again with the same key and input, it is done once, whatever `ifVersion` says, and answers the cart as it is now; the
/// last 50 keys of a cart are remembered.
/// </param>
internal sealed record CartLinesUpdateInput(
    CartId CartId,
    [property: MaxItems(StoredCart.MaxLines)] IReadOnlyList<CartLineUpdateInput> Lines,
    int? IfVersion,
    Guid? IdempotencyKey
);

/// <summary>Lines to be taken out.</summary>
/// <param name="CartId">Which cart.</param>
/// <param name="LineIds">Which lines, at most 200; one that is gone already is no error.</param>
/// <param name="IfVersion">Refused unless the cart is at this version; null for whatever it is at.</param>
/// <param name="IdempotencyKey">
/// Sent again with the same key and input, it is done once, whatever `ifVersion` says, and answers the cart as it is now; the
/// last 50 keys of a cart are remembered.
/// </param>
internal sealed record CartLinesRemoveInput(
    CartId CartId,
    [property: MaxItems(StoredCart.MaxLines)] IReadOnlyList<CartLineId> LineIds,
    int? IfVersion,
    Guid? IdempotencyKey
);

/// <summary>Lines to be selected for the order, or not.</summary>
/// <param name="CartId">Which cart.</param>
/// <param name="LineIds">Which lines, at most 200; null for all of them.</param>
/// <param name="Selected">True to order them, false to leave them in the cart.</param>
/// <param name="IfVersion">Refused unless the cart is at this version; null for whatever it is at.</param>
/// <param name="IdempotencyKey">
/// Sent again with the same key and input, it is done once, whatever `ifVersion` says, and answers the cart as it is now; the
/// last 50 keys of a cart are remembered.
/// </param>
internal sealed record CartLinesSelectInput(
    CartId CartId,
    [property: MaxItems(StoredCart.MaxLines)] IReadOnlyList<CartLineId>? LineIds,
    bool Selected,
    int? IfVersion,
    Guid? IdempotencyKey
);

/// <summary>A cart that goes into another one.</summary>
/// <param name="CartId">The cart that stays, such as the customer's.</param>
/// <param name="FromCartId">The cart whose lines go into it, such as the guest's; it is gone afterwards.</param>
/// <param name="IfVersion">Refused unless the cart that stays is at this version; null for whatever it is at.</param>
internal sealed record CartMergeInput(CartId CartId, CartId FromCartId, int? IfVersion);
