namespace Shop.Data.Payments.Channels;

/// <summary>What a channel can do, and how it wants to be asked.</summary>
/// <param name="Code">Which channel.</param>
/// <param name="Methods">How customers can pay.</param>
/// <param name="Range">The least and the most of a currency, in minor units; null where the currency is not taken.</param>
public sealed record ChannelTraits(
    PaymentChannelCode Code,
    IReadOnlyList<PaymentMethod> Methods,
    Func<string, AmountRange?> Range
)
{
    /// <summary>To whom the channel pays: what a receipt says of it has to be this.</summary>
    public string? Merchant { get; init; }

    /// <summary>The apps that ask: what a receipt says of it has to be one of these.</summary>
    public IReadOnlyList<string> Apps { get; init; } = [];

    /// <summary>
    /// When the first ends of what the account can't do without: the key or certificate that signs, or the last one that verifies.
    /// Null where none says.
    /// </summary>
    public DateTimeOffset? KeyExpiresAt { get; init; }

    /// <summary>Whether the wire can say an amount just as it is; what it can't is refused, never rounded.</summary>
    public Func<Money, bool> CanSay { get; init; } = _ => true;

    /// <summary>Whether a begin asks the channel; else the action is signed here, and there is no trade before the customer comes.</summary>
    public Func<PaymentMethod, bool> NeedsCall { get; init; } = _ => true;

    /// <summary>Whether the same number again gives a fresh action.</summary>
    public Func<PaymentMethod, bool> IsRepeatable { get; init; } = _ => true;

    /// <summary>Whether a payment can be closed; else only its end of time does.</summary>
    public bool CanClose { get; init; } = true;

    /// <summary>For how long money is held that is to be taken later; null where it is taken at once.</summary>
    public TimeSpan? HoldTerm { get; init; }

    /// <summary>Whether a notice of success is only a hint, and the channel is asked before it is believed.</summary>
    public bool ConfirmByQuery { get; init; }

    /// <summary>Time that has to be left for a begin to make sense.</summary>
    public TimeSpan MinTerm { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The least time between two refunds of one payment.</summary>
    public TimeSpan RefundSpacing { get; init; } = TimeSpan.Zero;

    /// <summary>For how long after the payment money can be given back.</summary>
    public TimeSpan RefundTerm { get; init; } = TimeSpan.FromDays(365);

    /// <summary>When a payment is asked about that nobody told of, counted from its begin; the last pause goes on.</summary>
    public IReadOnlyList<TimeSpan> Checks { get; init; } =
    [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(8)];

    /// <summary>Whose day a bill is of.</summary>
    public TimeZoneInfo BillZone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>The least and the most that can be paid at once, in minor units; both are in.</summary>
public readonly record struct AmountRange(long Min, long Max);
