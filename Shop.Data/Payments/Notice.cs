namespace Shop.Data.Payments;

/// <summary>What a channel has sent by itself: the inbox of its account. Only what it has signed is here.</summary>
public sealed class Notice
{
    /// <summary>From which channel.</summary>
    public PaymentChannelCode Channel { get; init; }

    /// <summary>For which account.</summary>
    public string Account { get; init; } = "";

    /// <summary>The same each time that this notice comes.</summary>
    public string NoticeKey { get; init; } = "";

    /// <summary>The payment that it tells of; null where the shop has none.</summary>
    public PaymentId? PaymentId { get; init; }

    /// <summary>As it came.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>What the shop made of it.</summary>
    public NoticeOutcome Outcome { get; init; }

    /// <summary>When it came first.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>What the shop made of a notice. Stored as a number; a number is never given a second meaning.</summary>
public enum NoticeOutcome : short
{
    /// <summary>It was believed.</summary>
    Applied = 1,

    /// <summary>It was not believed by itself: the channel is asked.</summary>
    Asked = 2,

    /// <summary>It told nothing new.</summary>
    NothingNew = 3,

    /// <summary>It names a payment with the shop's mark that is not there.</summary>
    Orphan = 4,
}
