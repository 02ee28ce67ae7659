using System.Globalization;
using Shop.Data.Inventory;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.GraphQL.Host.Embedded;

namespace Shop.GraphQL.Host.Commands;

/// <summary><c>messages [replay [ID...]]</c>: lists the messages that are parked as dead, or gives them another try.</summary>
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
        var ids = words
            .Skip(1)
            .Select(word => long.TryParse(word, CultureInfo.InvariantCulture, out var id) ? id : -1)
            .ToList();
        if (words is not ([] or ["replay", ..]) || ids.Contains(-1))
        {
            await steps.SayAsync("messages lists what is dead; messages replay [ID...] tries it again.");
            return 2;
        }

        await RunAsync(
            services.GetRequiredService<MessageDesk<OrdersDb>>(),
            words.Length > 0,
            ids,
            steps,
            cancel
        );
        await RunAsync(
            services.GetRequiredService<MessageDesk<InventoryDb>>(),
            words.Length > 0,
            ids,
            steps,
            cancel
        );
        return 0;
    }

    private static async Task RunAsync<TDb>(
        MessageDesk<TDb> messages,
        bool replay,
        List<long> ids,
        Steps steps,
        CancellationToken cancel
    )
        where TDb : ContextDb
    {
        if (replay)
        {
            var count = await messages.ReplayAsync(ids.Count == 0 ? null : ids, cancel);
            await steps.SayAsync($"{messages.Sender}: {count} messages are tried again.");
            return;
        }

        var dead = await messages.DeadAsync(MaxShown, cancel);
        await steps.SayAsync($"{messages.Sender}: {dead.Count} messages are dead.");
        foreach (var message in dead)
        {
            await steps.SayAsync(
                $"  {message.Id} {message.Topic} since {message.DiedAt:u}, {message.Attempts} tries: {message.Reason}"
            );
        }
    }
}
