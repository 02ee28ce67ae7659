using Microsoft.Extensions.Hosting;
using Shop.Data.Pricing.Rates;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Pricing;

/// <summary>Forgets this node's promotions, taxes and rates when another node says that it has changed one.</summary>
internal sealed class HearPromotions(
    Signals signals,
    RunningPromotions running,
    CurrentTaxes taxes,
    CurrentRates rates
) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in signals.ListenAsync(RunningPromotions.Channel, stoppingToken))
        {
            running.Forget();
            taxes.Forget();
            rates.Forget();
        }
    }
}
