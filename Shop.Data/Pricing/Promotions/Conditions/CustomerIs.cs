using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>Who buys; what is null does not matter.</summary>
/// <param name="SignedIn">Whether they are signed in.</param>
/// <param name="Groups">They are in one of these groups.</param>
/// <param name="IsFirstOrder">Whether they are signed in, and it is their first order.</param>
public sealed record CustomerIs(bool? SignedIn, HashSet<string>? Groups, bool? IsFirstOrder) : Condition
{
    internal override Hindrance? Check(Pass pass)
    {
        var buyer = pass.Request.Buyer;
        var isSo =
            (SignedIn is null || SignedIn == buyer.IsSignedIn)
            && (Groups is null || Groups.Overlaps(buyer.Groups))
            && (IsFirstOrder is null || IsFirstOrder == buyer.IsFirstOrder);
        return isSo ? null : new(PromotionReason.Customer);
    }
}
