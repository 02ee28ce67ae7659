namespace Shop.Data.Messages;

/// <summary>A message's number in its sender's table.</summary>
public readonly record struct MessageId(long Value) : IRowId<MessageId>
{
    /// <inheritdoc />
    public static MessageId From(long value) => new(value);
}

/// <summary>A message that failed too often.</summary>
/// <param name="Id">Its number in its sender's table.</param>
/// <param name="Topic">What it is.</param>
/// <param name="Receiver">The context that should have heard it.</param>
/// <param name="Key">Later messages of this key to this receiver wait for it.</param>
/// <param name="Payload">What it says, as JSON.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Reason">Why the last try failed.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="DiedAt">When the last try failed.</param>
/// <param name="TraceParent">W3C trace context of the request that caused it; null where none was traced.</param>
public sealed record DeadMessage(
    long Id,
    string Topic,
    string Receiver,
    long Key,
    string Payload,
    int Attempts,
    string Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset DiedAt,
    string? TraceParent
);

/// <summary>Messages that one receiver has not yet committed.</summary>
/// <param name="Receiver">The context that is to hear them.</param>
/// <param name="Open">Waiting, or with a worker.</param>
/// <param name="Leased">How many of those a worker has.</param>
/// <param name="Dead">Parked; they wait for a person.</param>
/// <param name="OpenSince">When the oldest open one was written; null where there is none.</param>
/// <param name="Since">When the oldest was written, dead ones counted.</param>
public sealed record MessageBacklog(
    string Receiver,
    long Open,
    long Leased,
    long Dead,
    DateTimeOffset? OpenSince,
    DateTimeOffset Since
);

/// <summary>Which of a context's messages: those that meet all of it. What is null asks for nothing.</summary>
/// <param name="Ids">Their numbers.</param>
/// <param name="Topic">What they are.</param>
/// <param name="Receiver">The context that is to hear them.</param>
public sealed record ChosenMessages(
    IReadOnlyList<long>? Ids = null,
    string? Topic = null,
    string? Receiver = null
);
