using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Messages;
using Shop.Data.Storage.Faults;
using Shop.Data.Telemetry;

namespace Shop.Jobs.Messages;

/// <summary>
/// Brings one context's messages to their receivers: claims a batch, hands it over by receiver and topic, confirms what was
/// committed and postpones what failed. A worker that dies in between leaves a lease that runs out; the inbox makes the second
/// try harmless.
/// </summary>
internal sealed class MessageDelivery<TDb>(
    LocalMessages<TDb> messages,
    MessageRouter router,
    ShopMeter meter,
    IOptions<MessageOptions> options,
    TimeProvider clock,
    ILogger<MessageDelivery<TDb>> log
)
    where TDb : ContextDb
{
    // How soon after a store has come back what waits for it goes on; one statement and one line of the log meanwhile.
    private static readonly TimeSpan _pauseInOutage = TimeSpan.FromSeconds(2);

    // In a container every process is number 1: the name alone would be that of the one before.
    private readonly string _process = $"{Environment.MachineName}:{Guid.CreateVersion7():n}";

    /// <summary>Who is served together; first all that only write to our stores.</summary>
    public IReadOnlyList<DeliveryLane> Lanes { get; } = router.LanesOf(messages.Sender);

    /// <summary>Delivers batch after batch of a lane until none is due; confirms each when it asks for the next.</summary>
    /// <returns>How many messages were taken.</returns>
    public async Task<int> DeliverAsync(DeliveryLane lane, CancellationToken cancel)
    {
        var lease = options.Value.Lease;
        var size = lane.IsNetwork ? options.Value.NetworkBatchSize : options.Value.BatchSize;
        var worker = WorkerOf(lane);
        var taken = 0;
        IReadOnlyList<long> done = [];
        while (
            await messages.ClaimAsync(done, worker, lane.Receivers, size, lease, cancel)
                is { Count: > 0 } claimed
        )
        {
            done = await DeliverAsync(lane, claimed, cancel);
            taken += claimed.Count;
        }

        return taken;
    }

    // A lane's worker has ended what it took before it comes again; that of another lane has not.
    private string WorkerOf(DeliveryLane lane) => $"{_process}:{lane.Job.Name}";

    /// <returns>Ids of those that their receivers have committed.</returns>
    private async Task<IReadOnlyList<long>> DeliverAsync(
        DeliveryLane lane,
        IReadOnlyList<ClaimedMessage> claimed,
        CancellationToken cancel
    )
    {
        StopPoint.Reach($"messages of {messages.Sender} claimed, nothing done");
        var (worker, lease, ids) = (WorkerOf(lane), options.Value.Lease, Ids(claimed));
        await using var heartbeat = new Heartbeat(
            stop => messages.RenewAsync(worker, ids, lease, stop),
            lease,
            clock
        );
        var done = new List<long>(claimed.Count);
        // No two of a receiver share a key, so topics may be handed over one after the other.
        foreach (var topic in claimed.GroupBy(message => (message.Receiver, message.Topic)))
        {
            done.AddRange(await DeliverTopicAsync(lane, [.. topic], cancel));
        }

        StopPoint.Reach($"messages of {messages.Sender} delivered, not confirmed");
        return done;
    }

    /// <returns>Ids of those that their receiver has committed.</returns>
    private async Task<IReadOnlyList<long>> DeliverTopicAsync(
        DeliveryLane lane,
        IReadOnlyList<ClaimedMessage> batch,
        CancellationToken cancel
    )
    {
        var (topic, receiver) = (batch[0].Topic, batch[0].Receiver);
        using var trace = MessageTrace.Begin(batch);
        try
        {
            await HandOverAsync(lane, batch, cancel);
            meter.Delivered(topic, "done", batch.Count);
            return Ids(batch);
        }
        catch (Exception fault) when (Outage.Is(fault))
        {
            // However long it lasts, no message dies of it.
            var due = clock.GetUtcNow() + _pauseInOutage;
            meter.Delivered(topic, "store_away", batch.Count);
            trace?.Failed(fault);
            log.StoreAway(batch.Count, topic, receiver, due, fault);
            await messages.ReleaseAsync(Ids(batch), WorkerOf(lane), due, fault.Message, cancel);
            return [];
        }
        catch (Exception fault) when (batch.Count > 1 && !cancel.IsCancellationRequested)
        {
            // One of them is at fault; alone, the others get through.
            log.BatchFailed(batch.Count, topic, receiver, fault);
            trace?.Failed(fault);
            var done = new List<long>();
            foreach (var message in batch)
            {
                done.AddRange(await DeliverTopicAsync(lane, [message], cancel));
            }

            return done;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            trace?.Failed(fault);
            await PutBackAsync(lane, batch[0], fault, cancel);
            return [];
        }
    }

    /// <exception cref="TimeoutException">A receiver that calls over the network took too long.</exception>
    private async Task HandOverAsync(
        DeliveryLane lane,
        IReadOnlyList<ClaimedMessage> batch,
        CancellationToken cancel
    )
    {
        if (!lane.IsNetwork)
        {
            await router.DeliverAsync(messages.Sender, batch, cancel);
            return;
        }

        var limit = options.Value.NetworkTimeLimit;
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            await router.DeliverAsync(messages.Sender, batch, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException fault)
            when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{batch[0].Receiver} was not done within {limit}.", fault);
        }
    }

    private Task PutBackAsync(
        DeliveryLane lane,
        ClaimedMessage message,
        Exception fault,
        CancellationToken cancel
    )
    {
        var (topic, id, receiver, tries) = (message.Topic, message.Id, message.Receiver, message.Attempts);
        DateTimeOffset? retryAt =
            tries < options.Value.MaxAttempts ? clock.GetUtcNow() + options.Value.RetryAfter(tries) : null;
        if (retryAt is { } due)
        {
            meter.Delivered(topic, "failed", 1);
            log.DeliveryFailed(topic, id, receiver, tries, due, message.TraceParent, fault);
        }
        else
        {
            meter.Delivered(topic, "dead", 1);
            log.MessageDead(topic, id, receiver, tries, message.TraceParent, fault);
        }

        return messages.PutBackAsync(id, WorkerOf(lane), retryAt, fault.Message, cancel);
    }

    private static IReadOnlyList<long> Ids(IReadOnlyList<ClaimedMessage> batch) =>
        [.. batch.Select(message => message.Id)];
}
