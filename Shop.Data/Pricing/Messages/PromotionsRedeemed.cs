using Shop.Data.Messages;

namespace Shop.Data.Pricing.Messages;

/// <summary>An order holds a use of every promotion that it wanted.</summary>
public sealed record PromotionsRedeemed(OrderId OrderId) : IFact
{
    /// <inheritdoc />
    public static string Topic => "pricing.promotions_redeemed";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
