using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Storage;

namespace Shop.Jobs.Messages;

/// <summary>
/// Brings one context's messages to their receivers: claims a batch, hands it over by topic, confirms what was committed and
/// postpones what failed. A worker that dies in between leaves a lease that runs out; the inbox makes the second try harmless.
/// </summary>
internal sealed class MessageDelivery<TDb>(
    LocalMessages<TDb> messages,
    MessageRouter router,
    IOptions<MessageOptions> options,
    TimeProvider clock,
    ILogger<MessageDelivery<TDb>> log
)
    where TDb : ContextDb
{
    // How soon after a store has come back what waits for it goes on; one statement and one line of the log meanwhile.
    private static readonly TimeSpan _pauseInOutage = TimeSpan.FromSeconds(2);

    // In a container every process is number 1: the name alone would be that of the one before.
    private readonly string _worker = $"{Environment.MachineName}:{Guid.CreateVersion7():n}";

    /// <summary>Delivers batch after batch until none is due; confirms each when it asks for the next.</summary>
    /// <returns>How many messages were taken.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancel)
    {
        var (size, lease) = (options.Value.BatchSize, options.Value.Lease);
        var taken = 0;
        IReadOnlyList<long> done = [];
        while (await messages.ClaimAsync(done, _worker, size, lease, cancel) is { Count: > 0 } claimed)
        {
            done = await DeliverAsync(claimed, lease, cancel);
            taken += claimed.Count;
        }

        return taken;
    }

    /// <returns>Ids of those that their receivers have committed.</returns>
    private async Task<IReadOnlyList<long>> DeliverAsync(
        IReadOnlyList<ClaimedMessage> claimed,
        TimeSpan lease,
        CancellationToken cancel
    )
    {
        StopPoint.Reach($"messages of {messages.Sender} claimed, nothing done");
        await using var heartbeat = new Heartbeat<TDb>(messages, _worker, claimed, lease, clock);
        var done = new List<long>(claimed.Count);
        // No two of a batch share a key, so topics may be handed over one after the other.
        foreach (var topic in claimed.GroupBy(message => message.Topic))
        {
            done.AddRange(await DeliverTopicAsync([.. topic], cancel));
        }

        StopPoint.Reach($"messages of {messages.Sender} delivered, not confirmed");
        return done;
    }

    /// <returns>Ids of those that their receiver has committed.</returns>
    private async Task<IReadOnlyList<long>> DeliverTopicAsync(
        IReadOnlyList<ClaimedMessage> batch,
        CancellationToken cancel
    )
    {
        try
        {
            await router.DeliverAsync(batch[0].Topic, messages.Sender, batch, cancel);
            return [.. batch.Select(message => message.Id)];
        }
        catch (Exception fault) when (IsOutage(fault))
        {
            // However long it lasts, no message dies of it.
            var due = clock.GetUtcNow() + _pauseInOutage;
            log.StoreAway(batch.Count, batch[0].Topic, due, fault);
            var ids = batch.Select(message => message.Id).ToList();
            await messages.ReleaseAsync(ids, _worker, due, fault.Message, cancel);
            return [];
        }
        catch (Exception fault) when (batch.Count > 1 && fault is not OperationCanceledException)
        {
            // One of them is at fault; alone, the others get through.
            log.BatchFailed(batch[0].Topic, batch.Count, fault);
            var done = new List<long>();
            foreach (var message in batch)
            {
                done.AddRange(await DeliverTopicAsync([message], cancel));
            }

            return done;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await PutBackAsync(batch[0], fault, cancel);
            return [];
        }
    }

    private Task PutBackAsync(ClaimedMessage message, Exception fault, CancellationToken cancel)
    {
        DateTimeOffset? retryAt =
            message.Attempts < options.Value.MaxAttempts
                ? clock.GetUtcNow() + options.Value.RetryAfter(message.Attempts)
                : null;
        if (retryAt is { } due)
        {
            log.DeliveryFailed(message.Topic, message.Id, message.Attempts, due, fault);
        }
        else
        {
            log.MessageDead(message.Topic, message.Id, message.Attempts, fault);
        }

        return messages.PutBackAsync(message.Id, _worker, retryAt, fault.Message, cancel);
    }

    /// <summary>
    /// Whether a store was away, which says nothing about the message: what is no answer of PostgreSQL's, nor a wait that
    /// was too long, or is an answer that takes no work now.
    /// </summary>
    private static bool IsOutage(Exception fault) =>
        fault switch
        {
            PostgresException answer => answer.SqlState
                is PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or PostgresErrorCodes.CannotConnectNow
                    or PostgresErrorCodes.TooManyConnections,
            NpgsqlException silence => silence.InnerException is not TimeoutException,
            _ => false,
        };
}
