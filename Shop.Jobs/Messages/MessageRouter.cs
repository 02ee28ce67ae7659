using System.Collections.Frozen;
using Shop.Data.Messages;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Messages;

/// <summary>Hands messages of one topic to a receiver, as one batch that commits or fails as a whole.</summary>
internal delegate Task Handover(
    string sender,
    IReadOnlyList<ClaimedMessage> messages,
    CancellationToken cancel
);

/// <summary>That a context takes messages of a topic.</summary>
/// <param name="Topic">Which.</param>
/// <param name="IsRequest">Whether any context may send it; a fact comes from the one that its topic begins with.</param>
/// <param name="Bind">Finds the verb that takes it.</param>
internal sealed record MessageRoute(string Topic, bool IsRequest, Func<IServiceProvider, Handover> Bind)
{
    /// <summary>Whether a context may write it.</summary>
    public bool MayComeFrom(string sender) =>
        IsRequest || Topic.StartsWith($"{sender}.", StringComparison.Ordinal);
}

/// <summary>Knows the way to every receiver, from what the contexts say of themselves.</summary>
internal sealed class MessageRouter(IServiceProvider services, IEnumerable<ContextJobs> contexts)
{
    private readonly FrozenDictionary<(string Receiver, string Topic), Handover> _routes = (
        from context in contexts
        from route in context.Routes
        select (Way: (context.Name, route.Topic), Handover: route.Bind(services))
    ).ToFrozenDictionary(route => route.Way, route => route.Handover);

    /// <summary>The lanes of a sender's messages; first the one that all share who only write to our stores.</summary>
    public IReadOnlyList<DeliveryLane> LanesOf(string sender) => DeliveryLane.Of(sender, contexts);

    /// <summary>Hands a batch over; all of it has one receiver and one topic.</summary>
    /// <exception cref="KeyNotFoundException">The receiver does not take this topic.</exception>
    public Task DeliverAsync(string sender, IReadOnlyList<ClaimedMessage> batch, CancellationToken cancel) =>
        _routes[(batch[0].Receiver, batch[0].Topic)](sender, batch, cancel);
}
