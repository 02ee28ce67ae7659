using Quartz;

namespace Shop.Jobs.Messages;

/// <summary>What the delivery of a context's messages is called among the jobs.</summary>
internal static class DeliveryJob
{
    /// <summary><c>deliver-messages-of-orders</c>.</summary>
    public static JobKey Of(string sender) => new($"deliver-messages-of-{sender}");
}
