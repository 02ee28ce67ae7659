using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>How it goes: by one of these.</summary>
public sealed record ShippingIs(HashSet<ShippingMethodId> Methods) : Condition
{
    internal override Hindrance? Check(Pass pass) =>
        pass.Request.Method is { } method && Methods.Contains(method.Id)
            ? null
            : new(PromotionReason.ShippingMethod);
}
