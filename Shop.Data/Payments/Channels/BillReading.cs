namespace Shop.Data.Payments.Channels;

/// <summary>A channel's book of one day.</summary>
public abstract record BillReading
{
    private BillReading() { }

    /// <summary>There is one, whole: what the channel said of its length or digest holds.</summary>
    /// <param name="Digest">SHA-256 of its text, hex: the same bill again is the same.</param>
    /// <param name="Rows">Read once, from the start; they do not lie in memory.</param>
    public sealed record Lines(string Digest, IAsyncEnumerable<BillLine> Rows) : BillReading;

    /// <summary>Nothing was paid or given back that day.</summary>
    public sealed record None : BillReading;

    /// <summary>The channel has not made it yet.</summary>
    public sealed record NotYet : BillReading;

    /// <summary>What came is not what the channel said it would be, or can't be read.</summary>
    /// <param name="Why">Without secrets: it is logged.</param>
    public sealed record Broken(string Why) : BillReading;
}

/// <summary>A payment or a refund, as the channel's book has it.</summary>
/// <param name="IsRefund">Whether it went back.</param>
/// <param name="OutNo">The shop's number for it; null for what was made at the channel's own desk.</param>
/// <param name="Reference">The channel's number for it.</param>
/// <param name="PaymentOutNo">Of a refund: the shop's number for the payment; null where the book does not say.</param>
/// <param name="Minor">
/// How much, in minor units, gross, before coupons and fees: more than zero, or less where a refund has failed after all and its money
/// came back to the shop.
/// </param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="FeeMinor">What the channel keeps, in minor units; null where the book does not say.</param>
/// <param name="At">When; null where the book does not say.</param>
/// <param name="PaymentReference">Of a refund: the channel's number for the payment; null where the book does not say.</param>
public sealed record BillLine(
    bool IsRefund,
    string? OutNo,
    string Reference,
    string? PaymentOutNo,
    long Minor,
    string Currency,
    long? FeeMinor,
    DateTimeOffset? At,
    string? PaymentReference = null
);
