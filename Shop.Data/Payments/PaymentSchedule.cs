using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments;

/// <summary>When channels are asked what nobody has told.</summary>
internal static class PaymentSchedule
{
    /// <summary>A begin that has not been saved for so long was made by a process that is gone.</summary>
    public static readonly TimeSpan BeginsDeadAfter = TimeSpan.FromSeconds(20);

    /// <summary>After the end of its time a payment is closed and asked about; the channel's clock may be a little behind.</summary>
    public static readonly TimeSpan EndsAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _watching = TimeSpan.FromHours(6);

    private static readonly TimeSpan[] _refunds =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromDays(1),
    ];

    /// <summary>A refund that the channel has not ended for so long needs a person.</summary>
    public static TimeSpan RefundStuckAfter { get; } = TimeSpan.FromDays(10);

    /// <summary>5, 10, 20 … 600 s after the last try.</summary>
    public static TimeSpan Uncertain(int checks) =>
        TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, Math.Min(checks, 10)), _longest.TotalSeconds));

    /// <summary>As the channel wants it, what is held seldom, but not past the end of its time.</summary>
    public static DateTimeOffset Pending(Payment payment, ChannelTraits traits, DateTimeOffset now)
    {
        var at =
            now
            + (
                payment.Status == PaymentStatus.Authorized
                    ? _watching
                    : traits.Checks[Math.Min(payment.Checks, traits.Checks.Count - 1)]
            );
        var end = payment.ExpiresAt + EndsAfter;
        return at < end || now >= end ? at : end;
    }

    /// <summary>A closed one, as long as it is watched; null after that.</summary>
    public static DateTimeOffset? Closed(Payment payment, DateTimeOffset now)
    {
        var at = now + (now < payment.ExpiresAt + TimeSpan.FromHours(1) ? _longest : _watching);
        return now >= payment.WatchUntil ? null
            : at < payment.WatchUntil ? at
            : payment.WatchUntil;
    }

    /// <summary>10 s, 1, 5 and 30 min, 2 h, then daily.</summary>
    public static TimeSpan Refund(int checks) => _refunds[Math.Min(checks, _refunds.Length - 1)];
}
