using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.GraphQL.Transport.Cache;

/// <summary>Listens on every channel that announces changes of public fields, from this node or another.</summary>
internal sealed class HearChanges(
    GraphEngine engine,
    Signals signals,
    Changes changes,
    TimeProvider clock,
    ILogger<HearChanges> log
) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            PublicFields.ChannelsOf(engine.Schema).Select(channel => ListenAsync(channel, stoppingToken))
        );

    private async Task ListenAsync(string channel, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                // What is said does not matter, nor that some of it came too fast: it is counted that it changed.
                await foreach (var _ in signals.ListenAsync(channel, cancel))
                {
                    changes.Tell(channel);
                }
            }
            catch (RedisException fault)
            {
                // Answers are good for their lifetime all the same.
                log.ChangesUnheard(channel, fault);
                await Task.Delay(_pause, clock, cancel);
            }
        }
    }
}
