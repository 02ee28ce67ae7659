using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Kernel;
using Shop.Data.Messages;

namespace Shop.Jobs.Messages;

/// <summary>Which dead messages a member of staff wants tried again.</summary>
/// <param name="Sender">Context whose table they are in.</param>
/// <param name="Ids">Their numbers; null for all of <paramref name="Topic"/>.</param>
/// <param name="Topic">Only messages of this topic; null for any.</param>
/// <param name="Actor">Who.</param>
public sealed record ReplayMessagesRequest(
    string Sender,
    IReadOnlyList<long>? Ids,
    string? Topic,
    CustomerId Actor
);

/// <summary>
/// Gives dead messages another try, and writes down who wanted it. Done twice is done once: a message that is not dead is
/// left alone.
/// </summary>
public sealed class ReplayMessages(IEnumerable<MessageDesk> desks, NewId newId, TimeProvider clock)
{
    /// <summary>Messages of one call; their rows in the trail are written in the same transaction.</summary>
    public const int Most = 1000;

    /// <returns>Those that were dead; null where no such context sends messages.</returns>
    public async Task<IReadOnlyList<long>?> RunAsync(ReplayMessagesRequest request, CancellationToken cancel)
    {
        var desk = desks.SingleOrDefault(desk => desk.Sender == request.Sender);
        return desk is null
            ? null
            : await desk.ReplayAsync(request.Ids, request.Topic, Most, NoteAsync, cancel);

        Task NoteAsync(NpgsqlConnection connection, IReadOnlyList<long> replayed, CancellationToken stop)
        {
            var trail = new AuditTrail(request.Actor, "messagesReplay", clock.GetUtcNow(), newId);
            foreach (var id in replayed)
            {
                trail.Note(
                    "DeadMessage",
                    new MessageId(id),
                    new { status = nameof(MessageStatus.Dead) },
                    new { status = nameof(MessageStatus.Pending) }
                );
            }

            return trail.WriteAsync(connection, desk.Sender, stop);
        }
    }
}
