using System.Text.Json.Serialization;

namespace Shop.Channels.Faults;

/// <summary>How a channel misbehaves when it is called.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallFaultKind>))]
public enum CallFaultKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Does not answer, and does nothing.</summary>
    HoldBefore,

    /// <summary>Does it, and does not answer.</summary>
    HoldAfter,

    /// <summary>Cuts the connection, and does nothing.</summary>
    CutBefore,

    /// <summary>Does it, and cuts the connection.</summary>
    CutAfter,

    /// <summary>Answers 502, and does nothing.</summary>
    ErrorBefore,

    /// <summary>Does it, and answers 502.</summary>
    ErrorAfter,

    /// <summary>Does nothing, and refuses with the code.</summary>
    Refuse,

    /// <summary>Does it, and answers without a signature.</summary>
    NotSigned,

    /// <summary>Does it, and answers with the signature of another key.</summary>
    WronglySigned,

    /// <summary>Does it, and changes the answer after it was signed.</summary>
    Tampered,
}

/// <summary>A fault that a call met.</summary>
/// <param name="Kind">How the channel misbehaves.</param>
/// <param name="Code">The channel's code, where it refuses.</param>
public sealed record CallFault(CallFaultKind Kind, string? Code = null)
{
    /// <summary>No fault.</summary>
    public static CallFault None { get; } = new(CallFaultKind.None);
}

/// <summary>Says which call meets a fault. What is null fits every call.</summary>
/// <param name="Channel">Of which channel.</param>
/// <param name="Kind">The fault.</param>
/// <param name="Verb">Such as <c>begin</c>, <c>query</c>, <c>close</c>, <c>capture</c>, <c>refund</c>, <c>refund-query</c>, <c>bill</c>.</param>
/// <param name="OutNo">Of which payment.</param>
/// <param name="Code">The channel's code, where it refuses.</param>
/// <param name="Times">How many calls.</param>
public sealed record CallScript(
    string Channel,
    CallFaultKind Kind,
    string? Verb = null,
    string? OutNo = null,
    string? Code = null,
    int Times = 1
);
