using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Shop.Data.Inventory;
using Shop.Data.Storage.PubSub;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Inventory;

/// <summary>Stock, live.</summary>
internal sealed class StockSubscriptions(
    Signals signals,
    LoaderContext loaders,
    IOptions<InventoryOptions> options
)
{
    private const int MaxVariants = 100;

    /// <summary>
    /// SKUs whose stock has moved, on whatever node. Each of them comes once at first, as it is now; then whenever it
    /// moves. Moves within a second, or as the shop is set, come as one: what counts is the level.
    /// </summary>
    /// <param name="variantIds">Which SKUs; at most 100. Those that shoppers do not see are left out.</param>
    /// <param name="cancel">Ends it.</param>
    [Public]
    public async IAsyncEnumerable<ProductVariant> StockChanged(
        [MaxItems(MaxVariants)] IReadOnlyList<VariantId> variantIds,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        // A SKU that is waiting to be told is not queued again, so the queue cannot outgrow the SKUs.
        var moved = Channel.CreateBounded<VariantId>(MaxVariants);
        var waiting = new HashSet<VariantId>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listening = Task.WhenAll(variantIds.Distinct().Select(ListenAsync));
        try
        {
            await foreach (var variantId in moved.Reader.ReadAllAsync(cancel))
            {
                lock (waiting)
                {
                    waiting.Remove(variantId);
                }

                // What an earlier event read is not what this one should tell.
                loaders.Clear();
                if (await loaders.Get<VariantById>().Load(variantId).GetResultAsync(cancel) is { } variant)
                {
                    yield return variant;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task ListenAsync(VariantId variant)
        {
            try
            {
                await foreach (
                    var _ in signals.ListenAsync(
                        StockAnnouncements.Channel,
                        variant.Value,
                        options.Value.ToldEvery,
                        stop.Token
                    )
                )
                {
                    lock (waiting)
                    {
                        if (waiting.Add(variant))
                        {
                            moved.Writer.TryWrite(variant);
                        }
                    }
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The subscriber hears of it, and comes again.
                moved.Writer.TryComplete(fault);
            }
        }
    }
}
