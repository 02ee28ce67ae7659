namespace Shop.Data.Payments.Channels;

/// <summary>What a channel says of a refund.</summary>
public abstract record RefundFinding
{
    private RefundFinding() { }

    /// <summary>The money is back.</summary>
    /// <param name="Reference">The channel's number for it.</param>
    public sealed record Done(string Reference) : RefundFinding;

    /// <summary>Taken up; it is to be asked about.</summary>
    /// <param name="Reference">The channel's number for it; null where it is not told yet.</param>
    public sealed record Accepted(string? Reference) : RefundFinding;

    /// <summary>Refused.</summary>
    /// <param name="Code">The channel's code.</param>
    /// <param name="Again">Whether the same number may be sent again later, as when the merchant's balance is too low.</param>
    public sealed record Refused(string Code, bool Again) : RefundFinding;

    /// <summary>The channel can't end it by itself.</summary>
    /// <param name="Code">The channel's code.</param>
    public sealed record Stuck(string Code) : RefundFinding;

    /// <summary>The channel has no such refund, or none yet.</summary>
    public sealed record NotFound : RefundFinding;

    /// <summary>There was no answer that can be trusted.</summary>
    /// <param name="Why">Without secrets: it is logged.</param>
    public sealed record Unknown(string Why) : RefundFinding;
}
