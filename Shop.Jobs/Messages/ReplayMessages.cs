using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Messages;

namespace Shop.Jobs.Messages;

/// <summary>Which dead messages a member of staff wants tried again.</summary>
/// <param name="Sender">Context whose table they are in.</param>
/// <param name="Chosen">Which of that table.</param>
/// <param name="Actor">Who.</param>
public sealed record ReplayMessagesRequest(string Sender, ChosenMessages Chosen, CustomerId Actor);

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
        return desk is null ? null : await desk.ReplayAsync(request.Chosen, Most, NoteAsync, cancel);

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
