namespace Shop.Data.Payments;

/// <summary>That a channel's book of a day was read, and compared.</summary>
public sealed class Bill
{
    /// <summary>At which channel.</summary>
    public PaymentChannelCode Channel { get; init; }

    /// <summary>Of which account.</summary>
    public string Account { get; init; } = "";

    /// <summary>Of which day, in the account's time zone.</summary>
    public DateOnly Day { get; init; }

    /// <summary>SHA-256 of its text, hex; empty where nothing was paid that day.</summary>
    public string Digest { get; init; } = "";

    /// <summary>How many payments and refunds it has.</summary>
    public int LineCount { get; init; }

    /// <summary>When it was read.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>When it was compared with the shop's own book; null before that.</summary>
    public DateTimeOffset? ComparedAt { get; init; }
}

/// <summary>A payment or a refund, as a channel's book has it.</summary>
public sealed class BillEntry
{
    /// <summary>At which channel.</summary>
    public PaymentChannelCode Channel { get; init; }

    /// <summary>Of which account.</summary>
    public string Account { get; init; } = "";

    /// <summary>Of which day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Its place in the bill, from 1.</summary>
    public int Position { get; init; }

    /// <summary>Whether it went back.</summary>
    public bool IsRefund { get; init; }

    /// <summary>The shop's number for it; null for what was made at the channel's own desk.</summary>
    public string? OutNo { get; init; }

    /// <summary>The channel's number for it.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Of a refund: the shop's number for the payment; null where the bill does not say.</summary>
    public string? PaymentOutNo { get; init; }

    /// <summary>How much, in minor units; less than zero where a refund came back to the shop.</summary>
    public long Minor { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "";

    /// <summary>What the channel keeps, in minor units; null where the bill does not say.</summary>
    public long? FeeMinor { get; init; }
}
