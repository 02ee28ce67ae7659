using System.Globalization;
using GraphQL;
using Shop.Data.Accounts;
using Shop.Data.Messages;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Limits;
using Shop.GraphQL.Engine.Paging;

namespace Shop.GraphQL.Operations;

/// <summary>The messages that a context sends, as far as their receivers have not committed them.</summary>
/// <param name="Context">Whose they are, such as `orders`.</param>
/// <param name="Pending">How many wait or are with a worker.</param>
/// <param name="Leased">How many of those are with a worker.</param>
/// <param name="OldestPendingAt">When the oldest of those was written; null where there is none.</param>
/// <param name="LagSeconds">How long ago that was, in seconds: how far behind the receivers are. 0 where there is none.</param>
/// <param name="DeadCount">How many failed too often. Later messages of their keys wait for them, and they wait for a person.</param>
[Staff(StaffRole.Admin)]
internal sealed record MessageTable(
    string Context,
    int Pending,
    int Leased,
    DateTimeOffset? OldestPendingAt,
    double LagSeconds,
    int DeadCount
)
{
    private MessageDesk Desk { get; init; } = null!;

    /// <summary>Messages that failed too often, newest first.</summary>
    [Cost(10)]
    public async Task<Connection<DeadMessage>?> DeadMessagesAsync(
        ForwardPage page,
        [FromServices] Patience patience,
        CancellationToken cancel
    )
    {
        var before = Place(page.Cursor);
        var rows = await patience.AskAsync(
            limit => Desk.NewestDeadAsync(before, ((Page)page).Take, limit),
            cancel
        );
        return Connection<DeadMessage>.Of(
            [.. rows.Select(row => DeadMessage.Of(Context, row))],
            page,
            message => Cursor.Of($"{message.Id.Number}")
        );
    }

    internal static async Task<MessageTable> ReadAsync(
        MessageDesk desk,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var backlog = await desk.BacklogAsync(cancel);
        var lag = backlog.OpenSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero;
        return new(
            desk.Sender,
            Count(backlog.Open),
            Count(backlog.Leased),
            backlog.OpenSince,
            // Its writer's clock may be ahead.
            Math.Max(0, lag.TotalSeconds),
            Count(backlog.Dead)
        )
        {
            Desk = desk,
        };
    }

    private static int Count(long number) => (int)Math.Min(number, int.MaxValue);

    private static long? Place(string? cursor) =>
        cursor is null ? null
        : long.TryParse(
            Cursor.Read(cursor, 1)[0],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var id
        )
            ? id
        : throw Cursor.Invalid(cursor);
}
