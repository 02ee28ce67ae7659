using Microsoft.Extensions.Hosting;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Shipping;

/// <summary>Forgets what this node knows of shipping when another node says that it has changed it.</summary>
internal sealed class HearShipping(Signals signals, CurrentShipping current) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in signals.ListenAsync(CurrentShipping.Channel, stoppingToken))
        {
            current.Forget();
        }
    }
}
