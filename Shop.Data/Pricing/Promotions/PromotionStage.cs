using System.Text.Json.Serialization;

namespace Shop.Data.Pricing.Promotions;

/// <summary>When a promotion takes its turn: the stages come in this order, and each works on what the earlier ones left.</summary>
// Stored by name, and with orders by number: neither ever gets another meaning.
[JsonConverter(typeof(JsonStringEnumConverter<PromotionStage>))]
public enum PromotionStage
{
    /// <summary>The price of a unit, as product pages show it. One promotion for a SKU, the best.</summary>
    Price = 0,

    /// <summary>Lines of a cart.</summary>
    Lines = 1,

    /// <summary>All goods of a cart together.</summary>
    Order = 2,

    /// <summary>What shipping costs.</summary>
    Shipping = 3,
}
