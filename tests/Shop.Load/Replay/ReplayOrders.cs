using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Replay;

/// <summary>
/// Plays a file of real orders, in its order: per invoice one <c>cartCreate</c> and one <c>orderPlace</c>, and one
/// <c>cartShippingSelect</c> between them where the shop ships, a number of clients side by side; then waits until the shop has settled them all, and reads every one back.
/// </summary>
internal static class ReplayOrders
{
    /// <returns>0; 1 if an order that the shop had accepted is lost or still pending, or a call never got its answer.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        var path = arguments.Word() ?? throw new UsageException("Which file?");
        var most = arguments.Number("orders", otherwise: 1_000_000, min: 1, max: 1_000_000);
        var concurrency = arguments.Number("concurrency", otherwise: 8, min: 1, max: 256);
        var settle = TimeSpan.FromSeconds(arguments.Number("settle", otherwise: 120, min: 1, max: 3600));
        var run =
            arguments.Text("run")
            ?? clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fff", CultureInfo.InvariantCulture);
        arguments.NoMore();

        using var file = new OrdersFile(path);
        using var client = new ShopClient(address, concurrency);
        var sold = (await Catalogue.SkusAsync(client, cancel))
            .Select(sku => sku.Sku)
            .ToFrozenSet(StringComparer.Ordinal);
        Report.Line("shop", address.Graph);
        Report.Line("run", $"{run}  (--run {run} goes on with it and places nothing twice)");
        Report.Line("SKUs sold here", sold.Count);

        var skipped = new Skipped();
        var patient = new PatientClient(client, clock);
        var shoppers = new Shoppers(patient, run, clock);
        var began = Stopwatch.GetTimestamp();
        await using (
            new Progress(
                () => (Math.Max(file.Fraction, (double)shoppers.Done / most), shoppers.ToString()),
                clock
            )
        )
        {
            await shoppers.ShopAsync(Queue(file, sold, skipped, most, cancel), concurrency, cancel);
        }

        var placed = Stopwatch.GetElapsedTime(began);
        var settlement = new Settlement(patient, shoppers.Accepted, settle, clock);
        await using (new Progress(() => (settlement.Fraction, "settled"), clock))
        {
            await settlement.RunAsync(cancel);
        }

        Report.Lines("skipped", skipped.Counts);
        shoppers.Print(placed);
        Report.Line("calls sent again", patient.Retries);
        settlement.Print();
        return settlement.Lost + settlement.Pending + shoppers.Unanswered > 0 ? 1 : 0;
    }

    /// <summary>Invoices in the file's order, read only as fast as they are played.</summary>
    private static ChannelReader<Invoice> Queue(
        OrdersFile file,
        FrozenSet<string> sold,
        Skipped skipped,
        int most,
        CancellationToken cancel
    )
    {
        var queue = Channel.CreateBounded<Invoice>(64);
        _ = Task.Run(
            async () =>
            {
                try
                {
                    var count = 0;
                    await foreach (var rows in file.InvoicesAsync(cancel))
                    {
                        if (Invoice.Of(rows, sold, skipped) is { } invoice)
                        {
                            await queue.Writer.WriteAsync(invoice, cancel);
                            if (++count == most)
                            {
                                break;
                            }
                        }
                    }

                    queue.Writer.Complete();
                }
                catch (Exception fault)
                    when (fault is OperationCanceledException or UsageException or IOException)
                {
                    // The shoppers hear of it at the end of the queue.
                    queue.Writer.Complete(fault);
                }
            },
            cancel
        );
        return queue.Reader;
    }
}
