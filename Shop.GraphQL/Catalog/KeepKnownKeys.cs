using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Storage.PubSub;

namespace Shop.GraphQL.Catalog;

/// <summary>
/// Has this node know the keys of the catalogue: reads all at its start, and anew when it may have missed some; hears those that are
/// given from then on; and says every few seconds that it is heard.
/// </summary>
internal sealed class KeepKnownKeys(
    KnownKeys known,
    CatalogKeys keys,
    Signals signals,
    Announcer announcer,
    TimeProvider clock,
    ILogger<KeepKnownKeys> log
) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(3);

    // Between two times that all are read.
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        known.IsEnabled
            ? Task.WhenAll(HearAsync(stoppingToken), ReadAsync(stoppingToken), BeatAsync(stoppingToken))
            : Task.CompletedTask;

    private async Task HearAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await foreach (var told in signals.ListenAsync(KnownKeys.Channel, cancel))
                {
                    if (told == Signals.ReadAgain)
                    {
                        known.Doubt();
                    }
                    else
                    {
                        known.Hear(told.ToString());
                    }
                }
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                known.Doubt();
                log.KeysUnheard(fault);
                await Task.Delay(_pause, clock, cancel);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            await known.WantedAsync(cancel);
            try
            {
                await known.ReadAsync(await keys.CountAsync(cancel), keys.ReadAsync(cancel), cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                known.Doubt();
                log.KeysUnread(fault);
            }

            await Task.Delay(_rest, clock, cancel);
        }
    }

    private async Task BeatAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(_beat, clock, cancel);
            await announcer.PublishAsync(KnownKeys.Channel, "");
        }
    }
}
