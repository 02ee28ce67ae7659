namespace Shop.Data.Carts;

/// <summary>Every way a change of a cart can end. All but <see cref="Done"/> changed nothing.</summary>
public abstract record CartResult
{
    private CartResult() { }

    /// <summary>The cart after it; its version rose if anything did change.</summary>
    public sealed record Done(Cart Cart) : CartResult;

    /// <summary>There is no such cart: it never was, has expired, or was merged into another one.</summary>
    public sealed record NotFound : CartResult;

    /// <summary>There is no such cart to merge into another one; only <see cref="MergeCarts"/> says it.</summary>
    public sealed record SourceNotFound : CartResult;

    /// <summary>The cart is another customer's; only <see cref="ClaimCart"/> hears it.</summary>
    public sealed record OtherOwner : CartResult;

    /// <summary>The call's key was used for another call of this cart.</summary>
    public sealed record KeyConflict : CartResult;

    /// <summary>The cart is not at the version that was asked for.</summary>
    public sealed record VersionConflict(int CurrentVersion) : CartResult;

    /// <summary>A line is not in the cart any more.</summary>
    /// <param name="Index">Which of those asked for, from 0.</param>
    public sealed record LineNotFound(int Index) : CartResult;

    /// <summary>There would be more than <see cref="Cart.MaxLines"/>.</summary>
    /// <param name="Index">The first, of those asked for, that finds no room; from 0.</param>
    public sealed record TooManyLines(int Index) : CartResult;

    /// <summary>There would be more than <see cref="Cart.MaxQuantity"/> of one variant.</summary>
    /// <param name="Index">Which of those asked for, from 0.</param>
    public sealed record QuantityTooLarge(int Index) : CartResult;

    /// <summary>There would be more than <see cref="Cart.MaxCodes"/>.</summary>
    public sealed record TooManyCodes : CartResult;

    /// <summary>A price is in another currency than the cart.</summary>
    /// <param name="Index">Which of those asked for, from 0.</param>
    public sealed record OtherCurrency(int Index) : CartResult;
}
