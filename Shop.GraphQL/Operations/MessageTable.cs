using Shop.Data.Messages;

namespace Shop.GraphQL.Operations;

/// <summary>The messages that a context sends, as far as their receivers have not committed them.</summary>
/// <param name="Context">Whose they are, such as `orders`.</param>
/// <param name="Pending">How many wait or are with a worker.</param>
/// <param name="Leased">How many of those are with a worker.</param>
/// <param name="OldestPendingAt">When the oldest of those was written; null where there is none.</param>
/// <param name="LagSeconds">How long ago that was, in seconds: how far behind the receivers are. 0 where there is none.</param>
/// <param name="DeadCount">How many failed too often. Later messages of their keys to their receivers wait for them, and they wait for a person.</param>
/// <param name="Receivers">The same for each context that has not committed all of its own; at most 20.</param>
[Staff(StaffRole.Admin)]
internal sealed record MessageTable(
    string Context,
    int Pending,
    int Leased,
    DateTimeOffset? OldestPendingAt,
    double LagSeconds,
    int DeadCount,
    [property: ListSize(5)] IReadOnlyList<MessageReceiver> Receivers
)
{
    private MessageDesk Desk { get; init; } = null!;

    /// <summary>Messages that failed too often, newest first.</summary>
    /// <param name="page">Which of them.</param>
    /// <param name="receiver">Only those that this context should have heard; null for any.</param>
    /// <param name="timeout">Limits the wait.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Cost(10)]
    public async Task<Connection<DeadMessage>?> DeadMessagesAsync(
        ForwardPage page,
        [MaxText(100)] string? receiver,
        [FromServices] StoreTimeout timeout,
        CancellationToken cancel
    )
    {
        var before = Cursor.Number(page.Cursor);
        var rows = await timeout.AskAsync(
            limit => Desk.DeadAsync(receiver, before, page.Take, limit),
            cancel
        );
        return Connection<DeadMessage>.Of(
            [.. rows.Select(row => DeadMessage.Of(Context, row))],
            page,
            message => Cursor.Of(message.Id.Number)
        );
    }

    internal static async Task<MessageTable> ReadAsync(
        MessageDesk desk,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var backlogs = await desk.BacklogAsync(cancel);
        var receivers = backlogs.Select(backlog => MessageReceiver.Of(backlog, now)).ToList();
        return new(
            desk.Sender,
            receivers.Sum(receiver => receiver.Pending),
            receivers.Sum(receiver => receiver.Leased),
            receivers.Min(receiver => receiver.OldestPendingAt),
            receivers.Select(receiver => receiver.LagSeconds).DefaultIfEmpty().Max(),
            receivers.Sum(receiver => receiver.DeadCount),
            receivers
        )
        {
            Desk = desk,
        };
    }
}

/// <summary>The messages of one context to another, as far as they are not committed there.</summary>
/// <param name="Receiver">Who is to hear them, such as `inventory`.</param>
/// <param name="Pending">How many wait or are with a worker.</param>
/// <param name="Leased">How many of those are with a worker.</param>
/// <param name="OldestPendingAt">When the oldest of those was written; null where there is none.</param>
/// <param name="LagSeconds">How long ago that was, in seconds: how far behind the receiver is. 0 where there is none.</param>
/// <param name="DeadCount">How many failed too often.</param>
[Staff(StaffRole.Admin)]
internal sealed record MessageReceiver(
    string Receiver,
    int Pending,
    int Leased,
    DateTimeOffset? OldestPendingAt,
    double LagSeconds,
    int DeadCount
)
{
    internal static MessageReceiver Of(MessageBacklog backlog, DateTimeOffset now)
    {
        var lag = backlog.OpenSince is { } since ? now - since : TimeSpan.Zero;
        return new(
            backlog.Receiver,
            (int)backlog.Open,
            (int)backlog.Leased,
            backlog.OpenSince,
            // Its writer's clock may be ahead.
            Math.Max(0, lag.TotalSeconds),
            (int)backlog.Dead
        );
    }
}
