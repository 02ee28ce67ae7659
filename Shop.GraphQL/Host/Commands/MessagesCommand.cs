using System.Globalization;
using Shop.Data.Messages;
using Shop.GraphQL.Host.Embedded;

namespace Shop.GraphQL.Host.Commands;

/// <summary>
/// <c>messages [replay [ID...]] [to RECEIVER]</c>: lists the messages that are parked as dead, or gives them another try; all,
/// or those that one context should have heard.
/// </summary>
internal static class MessagesCommand
{
    private const int MaxShown = 100;

    /// <returns>0; or 2 where the words make no sense.</returns>
    public static async Task<int> RunAsync(
        string[] words,
        IServiceProvider services,
        Steps steps,
        CancellationToken cancel
    )
    {
        var (what, receiver) = words is [.. var first, "to", var name] ? (first, name) : (words, null);
        var ids = what.Skip(1)
            .Select(word => long.TryParse(word, CultureInfo.InvariantCulture, out var id) ? id : -1)
            .ToList();
        if (what is not ([] or ["replay", ..]) || ids.Contains(-1))
        {
            await steps.SayAsync(
                "messages lists what is dead; messages replay [ID...] tries it again; to RECEIVER after either takes "
                    + "only what that context should have heard."
            );
            return 2;
        }

        var chosen = new ChosenMessages(ids.Count == 0 ? null : ids, Receiver: receiver);
        foreach (var messages in services.GetServices<MessageDesk>())
        {
            await (
                what.Length > 0
                    ? ReplayAsync(messages, chosen, steps, cancel)
                    : ListAsync(messages, receiver, steps, cancel)
            );
        }

        return 0;
    }

    private static async Task ReplayAsync(
        MessageDesk messages,
        ChosenMessages chosen,
        Steps steps,
        CancellationToken cancel
    )
    {
        var replayed = await messages.ReplayAsync(chosen, int.MaxValue, note: null, cancel);
        await steps.SayAsync($"{messages.Sender}: {Steps.Amount(replayed.Count, "message")} tried again.");
    }

    private static async Task ListAsync(
        MessageDesk messages,
        string? receiver,
        Steps steps,
        CancellationToken cancel
    )
    {
        var dead = await messages.DeadAsync(receiver, before: null, MaxShown, cancel);
        await steps.SayAsync($"{messages.Sender}: {Steps.Amount(dead.Count, "dead message")}.");
        foreach (var message in dead)
        {
            await steps.SayAsync(
                $"  {message.Id} {message.Topic} to {message.Receiver} since {message.DiedAt:u}, {message.Attempts} tries: {message.Reason}"
            );
        }
    }
}
