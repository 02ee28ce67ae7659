using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.Data.Telemetry;

namespace Shop.Data.Orders.Placing;

/// <summary>
/// Where placements queue for a few writers, each of which commits a batch in one transaction: under load many orders
/// share one flush of the disk. Bounded: when it is full, a placement is refused at once instead of waiting.
/// </summary>
public sealed class OrderIntake(
    OrderWriter writer,
    ShopMeter meter,
    IOptions<OrderOptions> options,
    TimeProvider clock
) : BackgroundService
{
    private readonly Channel<Placement> _queue = Channel.CreateBounded<Placement>(
        options.Value.IntakeCapacity
    );

    internal async Task<PlaceOrderResult> PlaceAsync(Placement placement, CancellationToken cancel)
    {
        if (!_queue.Writer.TryWrite(placement))
        {
            return new PlaceOrderResult.Throttled(clock.GetUtcNow() + options.Value.ThrottledFor);
        }

        return await placement.Answer.WaitAsync(cancel);
    }

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        meter.ObserveIntake(() => _queue.Reader.Count);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.IntakeWriters).Select(_ => WriteAsync()));

    /// <summary>Takes no more, and writes what waits.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } writing)
        {
            await writing.WaitAsync(cancellationToken);
        }

        await base.StopAsync(cancellationToken);
    }

    private async Task WriteAsync()
    {
        var batch = new List<Placement>(options.Value.IntakeBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < options.Value.IntakeBatch && _queue.Reader.TryRead(out var placement))
            {
                batch.Add(placement);
            }

            await WriteAsync(batch);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<Placement> batch)
    {
        using var trace = BatchTrace.Begin(
            "commit orders",
            batch.Select(placement => new BatchPart(placement.TraceParent))
        );
        try
        {
            await BatchWork.RunAsync(
                batch,
                part => writer.WriteAsync(part, CancellationToken.None),
                static (guilty, fault) => guilty.Fail(fault),
                CancellationToken.None
            );
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            trace?.Failed(fault);
            // Each caller hears of it; the writer goes on with the next batch.
            batch.ForEach(placement => placement.Fail(fault));
        }
    }
}
