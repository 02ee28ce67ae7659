using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Npgsql;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Bench;

/// <summary>Orders of two lines, as fast as the shop takes them, and how far their settlement follows.</summary>
internal sealed class Rush(ShopClient client, ShopAddress shop, NpgsqlDataSource database, int concurrency)
{
    /// <summary>Leaves a SKU enough stock that the runs to come are sold, not rejected.</summary>
    private const int LeastStock = 100;

    /// <summary>The media type of its answers: one that is refused is told with the status 200.</summary>
    public const string Accept = "application/json";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _samplePause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentQueue<byte[]> _requests = new();

    /// <summary>Makes the carts, and the requests that order them; no clock runs yet.</summary>
    public async Task PrepareAsync(int carts, CancellationToken cancel)
    {
        var skus = await Catalogue.SkusAsync(client, cancel);
        var stocked = skus.Where(sku => sku.Available >= LeastStock).Select(sku => sku.Sku).ToList();
        await using var progress = new Progress(
            () => ((double)_requests.Count / carts, $"{_requests.Count} carts"),
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
                var order = Placed.Order(
                    cart ?? throw new ShopFaultException(problem ?? "NO_CART", "A cart was refused."),
                    n
                );
                _requests.Enqueue(
                    LeanClient.Request(shop.Graph, ShopClient.Body(Operation.OrderPlace, order), Accept)
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
        await Task.WhenAll(
            Enumerable.Range(0, concurrency).Select(n => PlaceAsync(Share(orders, n), placing, cancel))
        );
        var took = Stopwatch.GetElapsedTime(began);
        var atEnd = await CountAsync(last, began, cancel);
        await ended.CancelAsync();
        var samples = await sampling;
        var settled = await SettleAsync(last, began, cancel);
        return new(took, placing, [.. samples, atEnd], settled);
    }

    /// <summary>A request that was made ready, for who sends it otherwise than <see cref="RunAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">All were sent.</exception>
    public byte[] Take() =>
        _requests.TryDequeue(out var request)
            ? request
            : throw new InvalidOperationException("More orders than carts.");

    /// <summary>How many of the orders the nth client places.</summary>
    private int Share(int orders, int n) => orders / concurrency + (n < orders % concurrency ? 1 : 0);

    private async Task PlaceAsync(int orders, Samples placing, CancellationToken cancel)
    {
        using var connection = await LeanClient.OpenAsync(shop.Graph, cancel);
        while (orders-- > 0 && _requests.TryDequeue(out var request))
        {
            var sent = Stopwatch.GetTimestamp();
            var answer = await connection.AskAsync(request, cancel);
            placing.Add(sent, Stopwatch.GetTimestamp());
            // Only whoever has placed an order gets its key.
            if (answer.Span.IndexOf("\"accessKey\":\""u8) < 0)
            {
                throw new ShopFaultException("NO_ORDER", Encoding.UTF8.GetString(answer.Span));
            }
        }
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
