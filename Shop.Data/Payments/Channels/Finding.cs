namespace Shop.Data.Payments.Channels;

/// <summary>What a channel says of a payment: in a notice, when it is asked, or in its bill.</summary>
public abstract record Finding
{
    private Finding() { }

    /// <summary>The money was taken; also where it has gone back since.</summary>
    public sealed record Paid(Receipt Receipt) : Finding;

    /// <summary>The money is held, not taken.</summary>
    public sealed record Held(Receipt Receipt) : Finding;

    /// <summary>Not paid yet; it may be.</summary>
    public sealed record Waiting : Finding;

    /// <summary>Not paid, and can't be any more.</summary>
    public sealed record Closed : Finding;

    /// <summary>Refused for good.</summary>
    /// <param name="Code">The channel's code.</param>
    public sealed record Refused(string Code) : Finding;

    /// <summary>The channel has no such payment, or none yet.</summary>
    public sealed record NotFound : Finding;

    /// <summary>There was no answer that can be trusted.</summary>
    /// <param name="Why">Without secrets: it is logged.</param>
    public sealed record Unknown(string Why) : Finding;
}

/// <summary>What was paid, as the channel tells it. All of it is compared with what was asked for.</summary>
/// <param name="OutNo">The shop's number for it.</param>
/// <param name="Reference">The channel's number for it.</param>
/// <param name="Minor">How much, in minor units: gross, before coupons and fees.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Merchant">To whom; null where this message does not say.</param>
/// <param name="App">By which app; null where this message does not say.</param>
/// <param name="PaidAt">When; null where this message does not say.</param>
/// <param name="Token">The token that came back; null where this message has none.</param>
public sealed record Receipt(
    string OutNo,
    string Reference,
    long Minor,
    string Currency,
    string? Merchant = null,
    string? App = null,
    DateTimeOffset? PaidAt = null,
    string? Token = null
);
