using Shop.Data.Messages;
using Shop.Data.Telemetry;

namespace Shop.Jobs.Messages;

/// <summary>The spans of messages that are handed over together, in the words of OpenTelemetry.</summary>
internal static class MessageTrace
{
    /// <summary>Begins them; all messages have one receiver and one topic.</summary>
    public static BatchTrace? Begin(IReadOnlyList<ClaimedMessage> batch) =>
        BatchTrace.Begin(
            $"process {batch[0].Topic}",
            batch.Select(message => new BatchPart(message.TraceParent, message.Id)),
            [
                new("messaging.system", "shop"),
                new("messaging.operation.type", "process"),
                new("messaging.destination.name", batch[0].Topic),
                new("messaging.batch.message_count", batch.Count),
            ]
        );
}
