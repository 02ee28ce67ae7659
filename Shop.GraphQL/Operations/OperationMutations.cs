using Shop.Data.Catalog;
using Shop.Data.Orders.Feed;
using Shop.Jobs.Desk;
using Shop.Jobs.Messages;

namespace Shop.GraphQL.Operations;

/// <summary>What operators can do about it.</summary>
internal sealed class OperationMutations(
    ReplayMessages replayMessages,
    JobDesk jobs,
    FeedDesk feeds,
    ForgetCached forgetCached,
    StoreTimeout timeout,
    TimeProvider clock,
    Asker asker
)
{
    // A client without the role has been refused before this is made.
    private CustomerId Actor => asker.Customer!.Value;

    /// <summary>
    /// Gives dead messages another try. One that is not dead is left alone, so that it does no harm to send this twice. Who
    /// did it stays in the trail of the messages' context.
    /// </summary>
    /// <param name="input">Which.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Admin)]
    public Task<MessagesReplayPayload> MessagesReplayAsync(
        MessagesReplayInput input,
        CancellationToken cancel
    ) => input.Topic is { } topic ? ReplayAsync(topic, cancel) : ReplayAsync(input.Ids!, cancel);

    /// <summary>
    /// Has a job run now, beside its schedule. Where other processes run the jobs, that is some seconds from now; a job that
    /// is at work runs again after. Ask for its `runs` to see what became of it.
    /// </summary>
    /// <param name="input">Which.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Admin)]
    public async Task<JobTriggerPayload> JobTriggerAsync(JobTriggerInput input, CancellationToken cancel)
    {
        if (!await timeout.AskAsync(limit => jobs.TriggerAsync(input.Name, Actor, limit), cancel))
        {
            return new(null, [new NotFound("No job of that name runs by the clock.", ["name"], null)]);
        }

        var all = await timeout.AskAsync(jobs.ListAsync, cancel);
        return new(Job.Of(all.Single(job => job.Name == input.Name)), []);
    }

    /// <summary>
    /// Has others outside get all that happened since a moment, as after a fail-over or when the database was put back: choose one
    /// before that. What they get twice has the same id. Who wanted it stays in the trail.
    /// </summary>
    /// <param name="input">Who, and from where.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Admin)]
    public async Task<FeedRestartPayload> FeedRestartAsync(FeedRestartInput input, CancellationToken cancel)
    {
        if (input.From > clock.GetUtcNow())
        {
            return new(null, [new InvalidInput("That moment is ahead.", ["from"])]);
        }

        var isDone = await timeout.AskAsync(
            limit => feeds.RestartAsync(input.Name, input.From, Actor, limit),
            cancel
        );
        if (!isDone)
        {
            return new(null, [new NotFound("Nobody of that name has read.", ["name"], null)]);
        }

        var all = await timeout.AskAsync(feeds.ListAsync, cancel);
        return new(Feed.Of(all.Single(feed => feed.Reader == input.Name)), []);
    }

    /// <summary>
    /// Has all nodes forget what they keep of products, categories or price lists that were changed by hand in the database: what is
    /// changed by mutations and imports is forgotten by itself. Sent twice, it costs reads. Who did it stays in the trail.
    /// </summary>
    /// <param name="input">What.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Admin)]
    public async Task<CacheForgetPayload> CacheForgetAsync(CacheForgetInput input, CancellationToken cancel)
    {
        var request = new ForgetCachedRequest(
            input.Products ?? [],
            input.Categories ?? [],
            input.PriceLists ?? [],
            Actor
        );
        var count = request.Products.Count + request.Categories.Count + request.PriceLists.Count;
        if (count == 0)
        {
            return new(0, [new InvalidInput("Nothing is named.", [])]);
        }

        await timeout.AskAsync(
            async limit =>
            {
                await forgetCached.RunAsync(request, limit);
                return count;
            },
            cancel
        );
        return new(count, []);
    }

    private async Task<MessagesReplayPayload> ReplayAsync(MessageTopicInput topic, CancellationToken cancel)
    {
        var replayed = await RunAsync(
            new(topic.Context, new(Topic: topic.Topic, Receiver: topic.Receiver), Actor),
            cancel
        );
        return replayed is null
            ? new(0, [new NotFound("No such context sends messages.", ["topic", "context"], null)])
            : new(replayed.Count, []);
    }

    private async Task<MessagesReplayPayload> ReplayAsync(
        IReadOnlyList<DeadMessageId> ids,
        CancellationToken cancel
    )
    {
        var replayed = new HashSet<DeadMessageId>();
        foreach (var table in ids.Distinct().GroupBy(id => id.Context))
        {
            var numbers = table.Select(id => id.Number).ToList();
            var done = await RunAsync(new(table.Key, new(numbers), Actor), cancel);
            replayed.UnionWith((done ?? []).Select(number => new DeadMessageId(table.Key, number)));
        }

        var problems =
            from place in ids.Index()
            where !replayed.Contains(place.Item)
            select new NotFound(
                "This message is not dead, or not any more.",
                ["ids", $"{place.Index}"],
                IdKinds.Write(place.Item)
            );
        return new(replayed.Count, [.. problems]);
    }

    private Task<IReadOnlyList<long>?> RunAsync(ReplayMessagesRequest request, CancellationToken cancel) =>
        timeout.AskAsync(limit => replayMessages.RunAsync(request, limit), cancel);
}
