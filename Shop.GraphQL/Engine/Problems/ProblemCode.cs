namespace Shop.GraphQL.Engine.Problems;

/// <summary>What happened. The list grows; have a default branch.</summary>
internal enum ProblemCode
{
    /// <summary>A value of the input is not acceptable.</summary>
    InvalidInput,

    /// <summary>What the input names does not exist, or is not yours to see.</summary>
    NotFound,

    /// <summary>It was changed in between; read it again.</summary>
    VersionConflict,

    /// <summary>More was asked for than can be sold now.</summary>
    InsufficientStock,

    /// <summary>A price is not what it was when the cart was filled.</summary>
    PriceChanged,

    /// <summary>A code of a promotion is not taken, or not any more.</summary>
    CodeRefused,

    /// <summary>A promotion that an order was promised is used up.</summary>
    PromotionUsedUp,

    /// <summary>The cart cannot be shipped in the way that was selected.</summary>
    ShippingUnavailable,

    /// <summary>The cart has to be shipped, and it is not selected how.</summary>
    ShippingNeeded,

    /// <summary>The taxes of the cart are not known now.</summary>
    TaxUnavailable,

    /// <summary>The cart does not cost what the client has shown.</summary>
    TotalChanged,

    /// <summary>The cart has no selected line, so there is nothing to order.</summary>
    NothingSelected,

    /// <summary>The idempotency key was used before, with another input.</summary>
    IdempotencyConflict,

    /// <summary>The shop is busy; try again later.</summary>
    Throttled,

    /// <summary>Its status does not allow this now.</summary>
    NotAllowedNow,

    /// <summary>The e-mail or the password is not right.</summary>
    InvalidCredentials,

    /// <summary>The e-mail has an account already, with another password.</summary>
    EmailTaken,

    /// <summary>The session is over; sign in again.</summary>
    SessionEnded,

    /// <summary>Another payment of the order is open, and can't be closed yet.</summary>
    PaymentOpen,

    /// <summary>The payment channel is not on, or does not answer.</summary>
    ChannelUnavailable,

    /// <summary>The payment channel takes other amounts.</summary>
    AmountOutOfRange,

    /// <summary>The payment channel takes other currencies.</summary>
    CurrencyNotSupported,

    /// <summary>The payment channel has refused it for good.</summary>
    ChannelRefused,

    /// <summary>More was to go back than is left of a payment.</summary>
    TooMuchRefunded,
}
