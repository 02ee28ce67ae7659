namespace Shop.Data.Payments;

/// <summary>Names a difference between the shop's book and a channel's.</summary>
public readonly record struct DifferenceId(long Value) : IRowId<DifferenceId>
{
    /// <inheritdoc />
    public static DifferenceId From(long value) => new(value);
}

/// <summary>In what the books differ. Stored as a number; a number is never given a second meaning.</summary>
public enum DifferenceKind : short
{
    /// <summary>The channel took money that the shop knows nothing of.</summary>
    MissingHere = 1,

    /// <summary>The shop has a payment that two bills of the channel do not have.</summary>
    MissingThere = 2,

    /// <summary>The amounts differ.</summary>
    Amount = 3,

    /// <summary>Paid there, and not here.</summary>
    Status = 4,

    /// <summary>The channel gave money back that the shop knows nothing of.</summary>
    RefundMissingHere = 5,

    /// <summary>The shop gave money back that two bills of the channel do not have.</summary>
    RefundMissingThere = 6,

    /// <summary>One order was paid twice.</summary>
    Duplicate = 7,

    /// <summary>The channel has a number with the shop's mark that the shop never gave.</summary>
    Orphan = 8,

    /// <summary>What the channel had called given back came to the shop again.</summary>
    RefundLost = 9,

    /// <summary>A payment came otherwise than asked for.</summary>
    Mismatch = 10,

    /// <summary>The customer disputes a payment with their bank.</summary>
    Dispute = 11,
}

/// <summary>Something in which the shop's book and a channel's differ, for staff to look at. Told once, however often it is found.</summary>
public sealed class Difference
{
    /// <summary>A Snowflake.</summary>
    public DifferenceId Id { get; init; }

    /// <summary>In what.</summary>
    public DifferenceKind Kind { get; init; }

    /// <summary>At which channel.</summary>
    public PaymentChannelCode Channel { get; init; }

    /// <summary>At which account.</summary>
    public string Account { get; init; } = "";

    /// <summary>What it is about, at the channel: the shop's number, or the channel's where there is none. Unique with kind and account.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Which payment; null where the shop has none.</summary>
    public PaymentId? PaymentId { get; init; }

    /// <summary>What the shop's book says, in minor units; null where it says nothing.</summary>
    public long? HereMinor { get; init; }

    /// <summary>What the channel's says, in minor units; null where it says nothing.</summary>
    public long? ThereMinor { get; init; }

    /// <summary>ISO 4217; null where no amount is told.</summary>
    public string? Currency { get; init; }

    /// <summary>What else there is to say; at most 200 characters.</summary>
    public string? Text { get; init; }

    /// <summary>When it was found first.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>When staff was done with it, or it went by itself; null before that.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What staff said then; null where they said nothing.</summary>
    public string? Note { get; init; }
}
