using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Bench;

/// <summary>Orders of two lines, as fast as the shop takes them, and how far their settlement follows.</summary>
internal sealed class Rush(ShopClient client, NpgsqlDataSource database, int concurrency)
{
    /// <summary>Leaves a SKU enough stock that the runs to come are sold, not rejected.</summary>
    private const int LeastStock = 100;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _samplePause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentQueue<string> _carts = new();

    /// <summary>Makes the carts; no clock runs yet.</summary>
    public async Task PrepareAsync(int carts, CancellationToken cancel)
    {
        var skus = await Catalogue.SkusAsync(client, cancel);
        var stocked = skus.Where(sku => sku.Available >= LeastStock).Select(sku => sku.Sku).ToList();
        await using var progress = new Progress(
            () => ((double)_carts.Count / carts, $"{_carts.Count} carts"),
            TimeProvider.System
        );
        await Parallel.ForAsync(
            0,
            carts,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancel },
            async (n, _) =>
            {
                // Neighbours buy different SKUs, and every SKU is bought by many.
                var (one, other) = (stocked[n % stocked.Count], stocked[(n + 1) % stocked.Count]);
                var data = await client.AskAsync(
                    Operation.CartCreate,
                    Placed.Cart([(one, 1), (other, 1)]),
                    cancel
                );
                var (cart, problem) = Placed.ReadCart(data);
                _carts.Enqueue(
                    cart ?? throw new ShopFaultException(problem ?? "NO_CART", "A cart was refused.")
                );
            }
        );
    }

    /// <summary>Places as many orders as asked for, then waits until the last one is settled.</summary>
    public async Task<RushResult> RunAsync(int orders, CancellationToken cancel)
    {
        var last = await LastOrderAsync(cancel);
        var placing = new Samples();
        var began = Stopwatch.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sampling = SampleAsync(last, began, ended.Token);
        await Parallel.ForAsync(
            0,
            orders,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancel },
            async (n, _) =>
            {
                _carts.TryDequeue(out var cart);
                var body = ShopClient.Body(Operation.OrderPlace, Placed.Order(cart!, n));
                var sent = Stopwatch.GetTimestamp();
                var answer = await client.PostAsync(body, cancel);
                placing.Add(sent, Stopwatch.GetTimestamp());
                if (Placed.ReadOrder(GraphAnswer.Data(answer)).Order is null)
                {
                    throw new ShopFaultException("NO_ORDER", "An order was refused.");
                }
            }
        );
        var took = Stopwatch.GetElapsedTime(began);
        var atEnd = await CountAsync(last, began, cancel);
        await ended.CancelAsync();
        var samples = await sampling;
        var settled = await SettleAsync(last, began, cancel);
        return new(took, placing, [.. samples, atEnd], settled);
    }

    private async Task<List<RushSample>> SampleAsync(long last, long began, CancellationToken ended)
    {
        var samples = new List<RushSample>();
        using var timer = new PeriodicTimer(_samplePause, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                samples.Add(await CountAsync(last, began, ended));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // All are placed.
        }

        return samples;
    }

    private async Task<RushSample> SettleAsync(long last, long began, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(_samplePause / 10, TimeProvider.System);
        while (true)
        {
            var sample = await CountAsync(last, began, cancel);
            if (sample.Settled == sample.Accepted || sample.At > _patience)
            {
                return sample;
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    private async Task<long> LastOrderAsync(CancellationToken cancel)
    {
        await using var ask = database.CreateCommand("""select coalesce(max(id), 0) from orders."order" """);
        return (long)(await ask.ExecuteScalarAsync(cancel))!;
    }

    private async Task<RushSample> CountAsync(long last, long began, CancellationToken cancel)
    {
        // A settled order is no longer pending (0): its stock is deducted or it is rejected.
        await using var ask = database.CreateCommand(
            """select count(*), count(*) filter (where status <> 0) from orders."order" where id > $1"""
        );
        ask.Parameters.Add(new() { Value = last });
        await using var row = await ask.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(Stopwatch.GetElapsedTime(began), (int)row.GetInt64(0), (int)row.GetInt64(1));
    }
}
