using System.Text.Json.Serialization;

namespace Shop.Data.Pricing.Promotions;

/// <summary>Why a promotion does nothing for a cart.</summary>
// Stored by name: a name never gets another meaning.
[JsonConverter(typeof(JsonStringEnumConverter<PromotionReason>))]
public enum PromotionReason
{
    /// <summary>It has not begun.</summary>
    NotYet,

    /// <summary>It is over.</summary>
    Ended,

    /// <summary>A code of it has to be typed.</summary>
    CodeNeeded,

    /// <summary>It is for other customers.</summary>
    Customer,

    /// <summary>It is for other places, or nothing is known of the place.</summary>
    Destination,

    /// <summary>It is for other ways to ship, or none is chosen.</summary>
    ShippingMethod,

    /// <summary>It is for other days or hours.</summary>
    Hours,

    /// <summary>The goods do not cost enough.</summary>
    Subtotal,

    /// <summary>There are not enough units of what it is for.</summary>
    TooFewUnits,

    /// <summary>Nothing that it is for is in the cart.</summary>
    NoSuchItem,

    /// <summary>All that it is for is reduced already.</summary>
    AlreadyReduced,

    /// <summary>What it would take off is nothing.</summary>
    NothingLeft,

    /// <summary>Another promotion takes off more, or comes first.</summary>
    BetterOffer,

    /// <summary>A promotion that applies with no other costs less.</summary>
    Excluded,

    /// <summary>It was used as often as it can be.</summary>
    UsedUp,

    /// <summary>The customer has used it as often as they can.</summary>
    UsedByYou,

    /// <summary>It has no amount in the cart's currency.</summary>
    NoAmountInCurrency,

    /// <summary>What must not be so, is so.</summary>
    Condition,
}
