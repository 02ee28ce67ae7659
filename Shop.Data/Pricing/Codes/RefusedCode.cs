namespace Shop.Data.Pricing.Codes;

/// <summary>Why a code is not taken.</summary>
public enum CodeRefusal
{
    /// <summary>There is no such code.</summary>
    Unknown,

    /// <summary>It is over, or its promotion is, or was stopped.</summary>
    Ended,

    /// <summary>It, or its promotion, was used as often as it can be.</summary>
    UsedUp,
}

/// <summary>A code that the customer has typed and that is not taken.</summary>
/// <param name="Code">As it is stored.</param>
/// <param name="Reason">Why not.</param>
public sealed record RefusedCode(string Code, CodeRefusal Reason);
