using System.Text.Json.Serialization;

namespace Shop.Channels.Faults;

/// <summary>How a channel misbehaves when it sends a notice.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeFault>))]
public enum NoticeFault
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It comes after the script's delay.</summary>
    Late,

    /// <summary>It never comes. A test that wants another order than the true one sends it later by hand.</summary>
    Never,

    /// <summary>It comes twice at once.</summary>
    Twice,

    /// <summary>It was signed an hour ago.</summary>
    Old,

    /// <summary>It was signed for an hour from now.</summary>
    Ahead,

    /// <summary>Another key has signed it.</summary>
    Forged,

    /// <summary>Well signed, for one minor unit less.</summary>
    OtherAmount,

    /// <summary>Well signed, for a number that the shop has not given.</summary>
    OtherOrder,

    /// <summary>Well signed, for another merchant.</summary>
    OtherMerchant,

    /// <summary>Well signed, for another app.</summary>
    OtherApp,

    /// <summary>Well signed, with another token.</summary>
    OtherToken,
}

/// <summary>Says which notice meets a fault. What is null fits every notice.</summary>
/// <param name="Channel">Of which channel.</param>
/// <param name="Fault">The fault.</param>
/// <param name="OutNo">Of which payment.</param>
/// <param name="Delay">How late; only where it is.</param>
/// <param name="Times">How many notices.</param>
public sealed record NoticeScript(
    string Channel,
    NoticeFault Fault,
    string? OutNo = null,
    TimeSpan Delay = default,
    int Times = 1
);
