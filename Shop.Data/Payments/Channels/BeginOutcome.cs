namespace Shop.Data.Payments.Channels;

/// <summary>What became of a begin. No money is taken by one.</summary>
public abstract record BeginOutcome
{
    private BeginOutcome() { }

    /// <summary>The customer can pay.</summary>
    /// <param name="Action">What the client does next.</param>
    /// <param name="Reference">The channel's number for it; null where there is none yet.</param>
    public sealed record Ready(ChannelAction Action, string? Reference) : BeginOutcome;

    /// <summary>The channel refuses it for good.</summary>
    /// <param name="Code">The channel's code.</param>
    public sealed record Refused(string Code) : BeginOutcome;

    /// <summary>There was no answer that can be trusted.</summary>
    /// <param name="Why">Without secrets: it is logged.</param>
    public sealed record Unknown(string Why) : BeginOutcome;
}
