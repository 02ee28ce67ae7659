namespace Shop.Data.Messages;

/// <summary>Where a local message stands.</summary>
public enum MessageStatus : short
{
    /// <summary>Failed too often; waits for a person, and holds back later messages of its key to its receiver.</summary>
    Dead = -1,

    /// <summary>Waits for a worker, or one has it until its lease ends.</summary>
    Pending = 0,

    /// <summary>Its receiver has committed the effect; retention removes it.</summary>
    Confirmed = 2,
}

/// <summary>
/// A row of a context's local message table, written in the transaction of the change that it tells of: one message on its
/// way to one receiver.
/// </summary>
public sealed class LocalMessage
{
    /// <summary>Rises in the order of writing, for messages of one key to one receiver.</summary>
    public long Id { get; private init; }

    /// <inheritdoc cref="IMessage.Topic" />
    public string Topic { get; private init; } = "";

    /// <summary>The context that is to hear it.</summary>
    public string Receiver { get; private init; } = "";

    /// <inheritdoc cref="IMessage.Key" />
    public long Key { get; private init; }

    /// <summary>The message as JSON.</summary>
    public string Payload { get; private init; } = "{}";

    /// <summary>Where it stands.</summary>
    public MessageStatus Status { get; private init; }

    /// <summary>How often a worker took it.</summary>
    public int Attempts { get; private init; }

    /// <summary>The worker that has it.</summary>
    public string? LeaseOwner { get; private init; }

    /// <summary>From here on another worker may take it: its own is gone.</summary>
    public DateTimeOffset? LeaseUntil { get; private init; }

    /// <summary>Not to be tried before.</summary>
    public DateTimeOffset NextAttemptAt { get; private init; }

    /// <summary>Why the last try failed.</summary>
    public string? LastError { get; private init; }

    /// <summary>W3C trace context of the request that caused it.</summary>
    public string? Traceparent { get; private init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When its status last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private init; }
}

/// <summary>A message that this context has taken: its row commits with the effect, so a second delivery does nothing.</summary>
public sealed class InboxEntry
{
    /// <inheritdoc cref="Delivered{TMessage}.Sender" />
    public string Sender { get; private init; } = "";

    /// <inheritdoc cref="Delivered{TMessage}.Id" />
    public long MessageId { get; private init; }

    /// <summary>When the effect was committed.</summary>
    public DateTimeOffset TakenAt { get; private init; }
}
