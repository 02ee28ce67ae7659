using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Begin;

/// <summary>Every way a begin can end that a client can do something about.</summary>
public abstract record BeginPaymentResult
{
    private BeginPaymentResult() { }

    /// <summary>There is a payment.</summary>
    /// <param name="Payment">Which.</param>
    /// <param name="Replayed">Whether an earlier call with this key has begun it.</param>
    /// <param name="PollAfter">When its action may be there, where the channel has not answered; else null.</param>
    public sealed record Begun(PaymentId Payment, bool Replayed, DateTimeOffset? PollAfter)
        : BeginPaymentResult;

    /// <summary>The channel refuses it for good.</summary>
    /// <param name="Payment">Which.</param>
    /// <param name="Code">The channel's code.</param>
    public sealed record ChannelRefused(PaymentId Payment, string Code) : BeginPaymentResult;

    /// <summary>Another payment is open, and whether it can be closed is not known yet.</summary>
    /// <param name="Payment">Which.</param>
    /// <param name="PollAfter">When to try again.</param>
    public sealed record PaymentOpen(PaymentId Payment, DateTimeOffset PollAfter) : BeginPaymentResult;

    /// <summary>The channel does not answer these days, or is not on.</summary>
    /// <param name="PollAfter">When to try again.</param>
    /// <param name="Others">Channels that would take this payment now.</param>
    public sealed record ChannelUnavailable(
        DateTimeOffset PollAfter,
        IReadOnlyList<PaymentChannelCode> Others
    ) : BeginPaymentResult;

    /// <summary>The channel takes other amounts.</summary>
    /// <param name="Range">In minor units of the order's currency.</param>
    public sealed record AmountOutOfRange(AmountRange Range) : BeginPaymentResult;

    /// <summary>The channel takes other currencies, or cannot say this amount in this one.</summary>
    public sealed record CurrencyNotSupported : BeginPaymentResult;

    /// <summary>The channel does not offer this method.</summary>
    public sealed record MethodNotSupported : BeginPaymentResult;

    /// <summary>The order is paid, called off, or its time is nearly over; or it was tried too often.</summary>
    /// <param name="Why">In words for the customer.</param>
    public sealed record NotAllowedNow(string Why) : BeginPaymentResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : BeginPaymentResult;
}
