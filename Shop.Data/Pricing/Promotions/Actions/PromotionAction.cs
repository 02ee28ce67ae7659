using System.Text.Json.Serialization;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>What a promotion takes off. The names under which actions are stored never get another meaning.</summary>
[JsonDerivedType(typeof(ReducePrice), "reducePrice")]
[JsonDerivedType(typeof(LinesPercent), "linesPercent")]
[JsonDerivedType(typeof(LinesPrice), "linesPrice")]
[JsonDerivedType(typeof(AmountOff), "amountOff")]
[JsonDerivedType(typeof(BuyGet), "buyGet")]
[JsonDerivedType(typeof(UnitsForPrice), "unitsForPrice")]
[JsonDerivedType(typeof(OrderPercent), "orderPercent")]
[JsonDerivedType(typeof(ShippingPercent), "shippingPercent")]
[JsonDerivedType(typeof(ShippingPrice), "shippingPrice")]
public abstract record PromotionAction
{
    private protected PromotionAction() { }

    /// <summary>When it takes its turn.</summary>
    [JsonIgnore]
    public abstract PromotionStage Stage { get; }

    /// <summary>What it takes off from a line does not depend on other lines, so that a group decides line by line.</summary>
    internal virtual bool IsByLine => false;

    /// <summary>What it would take off now.</summary>
    internal abstract Cuts CutsIn(Pass pass);
}
