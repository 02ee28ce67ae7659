using Quartz;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Messages;

/// <summary>
/// Receivers of one context's messages that are served in turn, by a job of their own: all that only write to our stores, or
/// one that calls over the network.
/// </summary>
/// <param name="Sender">The context whose messages it delivers.</param>
/// <param name="Receivers">Those it serves.</param>
/// <param name="IsNetwork">Whether it is that of a receiver that calls over the network.</param>
internal sealed record DeliveryLane(string Sender, IReadOnlyList<string> Receivers, bool IsNetwork)
{
    /// <summary><c>deliver-messages-of-orders</c>; over the network, <c>deliver-messages-of-orders-to-webhooks</c>.</summary>
    public JobKey Job { get; } =
        new(IsNetwork ? $"deliver-messages-of-{Sender}-to-{Receivers[0]}" : $"deliver-messages-of-{Sender}");

    /// <summary>The lanes of a sender's messages; first the one that all share who only write to our stores.</summary>
    public static IReadOnlyList<DeliveryLane> Of(string sender, IEnumerable<ContextJobs> contexts)
    {
        var receivers = contexts
            .Where(context => context.Routes.Any(route => route.MayComeFrom(sender)))
            .ToLookup(context => context.IsOverNetwork, context => context.Name);
        return
        [
            new(sender, [.. receivers[false]], IsNetwork: false),
            .. receivers[true].Select(receiver => new DeliveryLane(sender, [receiver], IsNetwork: true)),
        ];
    }
}
