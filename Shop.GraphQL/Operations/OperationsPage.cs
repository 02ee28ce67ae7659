using Shop.Data.Messages;
using Shop.Data.Orders.Feed;
using Shop.Data.Storage;
using Shop.GraphQL.Admission;
using Shop.Jobs.Desk;

namespace Shop.GraphQL.Operations;

/// <summary>
/// How the shop runs, now. A part of it is null, with an error beside it, where its store does not answer within two
/// seconds: the rest is still told.
/// </summary>
[Name("Operations"), Staff(StaffRole.Admin)]
internal sealed class OperationsPage(
    IEnumerable<MessageDesk> desks,
    JobDesk jobs,
    Replicas replicas,
    FeedDesk feeds,
    CacheCounts caches,
    StoreTimeout timeout,
    TimeProvider clock,
    // Null where a shop has none.
    RuleFile? rules = null
)
{
    /// <summary>The process that answers: machine, or container, and number. Behind a load balancer, another one may be next.</summary>
    public string Node { get; } = ThisNode.Name;

    /// <summary>The local message table of each context that sends messages; at most 20.</summary>
    [Cost(10), ListSize(5)]
    public async Task<IReadOnlyList<MessageTable>?> MessageTablesAsync(CancellationToken cancel) =>
        await timeout.AskAsync(
            limit => Task.WhenAll(desks.Select(desk => MessageTable.ReadAsync(desk, clock, limit))),
            cancel
        );

    /// <summary>Every job of the shop, by its name, in whichever process it runs; at most 1,000.</summary>
    [Cost(10), ListSize(20)]
    public async Task<IReadOnlyList<Job>?> JobsAsync(CancellationToken cancel) =>
        [.. (await timeout.AskAsync(jobs.ListAsync, cancel)).Select(Job.Of)];

    /// <summary>The standbys that are connected to each primary; at most 100 of each. One that is down is missing.</summary>
    [Cost(10), ListSize(10)]
    public async Task<IReadOnlyList<Replica>?> ReplicasAsync(CancellationToken cancel) =>
        [.. (await timeout.AskAsync(replicas.ReadAsync, cancel)).Select(Replica.Of)];

    /// <summary>How far others outside have what happens to orders; at most 20, and none where nobody outside listens.</summary>
    [Cost(10), ListSize(5)]
    public async Task<IReadOnlyList<Feed>?> FeedsAsync(CancellationToken cancel) =>
        [.. (await timeout.AskAsync(feeds.ListAsync, cancel)).Select(Feed.Of)];

    /// <summary>How well the memories of this process serve, and of no other; at most 20.</summary>
    [ListSize(5)]
    public IReadOnlyList<CacheUse> Caches() => caches.Read();

    /// <summary>The memory and threads of this process, and of no other.</summary>
    public ProcessState Process { get; } = ProcessState.Read();

    /// <summary>The rules that operations are let in by, as this process has them and no other; null in a shop that has none (`Admission:Rules`).</summary>
    public AdmissionRules? Rules() => rules is null ? null : AdmissionRules.Of(rules);
}

/// <summary>What operators add to the root.</summary>
internal sealed class OperationQueries(OperationsPage page)
{
    /// <summary>How the shop runs: messages, jobs, replicas, feeds, caches, rules, memory.</summary>
    [Staff(StaffRole.Admin)]
    public OperationsPage Operations() => page;
}
