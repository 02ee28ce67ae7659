namespace Shop.Data.Payments.Channels;

/// <summary>Looks up a header of a notice, whatever the case of its name; null where there is none.</summary>
public delegate string? NoticeHeaders(string name);

/// <summary>What a notice turned out to be.</summary>
public abstract record NoticeReading
{
    private NoticeReading() { }

    /// <summary>Not signed by the channel, too old, or from too far ahead. Nothing of it is kept.</summary>
    /// <param name="Why">Without what it holds: it is logged.</param>
    public sealed record Forged(string Why) : NoticeReading;

    /// <summary>Nothing that the shop cares for, or a payment of another system on the same account.</summary>
    public sealed record Ignored : NoticeReading;

    /// <summary>It tells of a payment.</summary>
    /// <param name="Key">Tells repetitions of one notice from another: unique in the account, at most 128 characters.</param>
    /// <param name="OutNo">The shop's number for the payment.</param>
    /// <param name="Finding">What it tells.</param>
    public sealed record OfPayment(string Key, string OutNo, Finding Finding) : NoticeReading;

    /// <summary>It tells of a refund.</summary>
    /// <param name="Key">As above.</param>
    /// <param name="PaymentOutNo">The shop's number for the payment; null where it is not told.</param>
    /// <param name="OutNo">The shop's number for the refund; null where it was made at the channel's own desk.</param>
    /// <param name="Minor">How much this refund gives back, in minor units; null where it is not told.</param>
    /// <param name="Finding">What it tells.</param>
    /// <param name="PaymentReference">The channel's number for the payment; null where it is not told.</param>
    /// <param name="Reference">The channel's number for the refund; null where it is not told.</param>
    public sealed record OfRefund(
        string Key,
        string? PaymentOutNo,
        string? OutNo,
        long? Minor,
        RefundFinding Finding,
        string? PaymentReference = null,
        string? Reference = null
    ) : NoticeReading;

    /// <summary>The customer disputes a payment with their bank.</summary>
    /// <param name="Key">As above.</param>
    /// <param name="Reference">The channel's number for the payment.</param>
    /// <param name="Text">What it says, at most 200 characters.</param>
    public sealed record OfDispute(string Key, string Reference, string Text) : NoticeReading;
}

/// <summary>What the shop made of a notice.</summary>
public enum NoticeResult
{
    /// <summary>Committed now, or by an earlier one; or there was nothing to do. It need not come again.</summary>
    Done,

    /// <summary>Forged, or for an account that there is not.</summary>
    Refused,

    /// <summary>It names a payment of the shop that is not there. It should come again.</summary>
    Orphan,

    /// <summary>The shop can't take it now. It should come again.</summary>
    Unavailable,
}

/// <summary>An answer to a notice.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">What it says; may be empty.</param>
public sealed record NoticeAnswer(int Status, string ContentType, string Body)
{
    /// <summary>The status that says a result without words of the channel's own: 200, 401, 404 or 503.</summary>
    public static int StatusOf(NoticeResult result) =>
        result switch
        {
            NoticeResult.Done => 200,
            NoticeResult.Refused => 401,
            NoticeResult.Orphan => 404,
            _ => 503,
        };
}
