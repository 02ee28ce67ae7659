using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Load.Fuzz;

/// <summary>What came of a run.</summary>
/// <param name="Sent">Requests.</param>
/// <param name="Faults">What no answer may be, each with what was sent; at most so many.</param>
/// <param name="Witnessed">How often an ordinary client was answered meanwhile.</param>
internal sealed record FuzzReport(int Sent, IReadOnlyCollection<string> Faults, int Witnessed);

/// <summary>Several workers at once, and beside them a client that asks for ordinary things and must not notice.</summary>
internal static class FuzzRun
{
    private const int MaxFaults = 20;

    /// <param name="targets">What is fuzzed, by turns.</param>
    /// <param name="workers">Clients at once.</param>
    /// <param name="requests">Of all of them.</param>
    /// <param name="seed">The same asks the same.</param>
    /// <param name="sent">Hears how many have been sent.</param>
    /// <param name="cancel">Ends it early.</param>
    public static async Task<FuzzReport> RunAsync(
        IReadOnlyList<FuzzTarget> targets,
        int workers,
        int requests,
        int seed,
        Action<int> sent,
        CancellationToken cancel
    )
    {
        using var client = Client();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var faults = new ConcurrentQueue<string>();
        var count = 0;
        var witness = WitnessAsync(client, targets[0], faults, done.Token);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(WorkAsync));
        await done.CancelAsync();
        return new(count, faults, await witness);

        async Task WorkAsync(int number)
        {
            using var worker = new FuzzWorker(client, targets[number % targets.Count], seed + number);
            for (var left = (requests + workers - 1) / workers; left > 0 && faults.Count < MaxFaults; left--)
            {
                if (await worker.AskAsync(cancel) is { } fault)
                {
                    faults.Enqueue(fault);
                }

                sent(Interlocked.Increment(ref count));
            }
        }
    }

    /// <summary>A client that talks to this machine alone.</summary>
    public static HttpClient Client() =>
        new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };

    // Its socket stays open through all of it, with a page asked for again and again.
    private static async Task<int> WitnessAsync(
        HttpClient client,
        FuzzTarget shop,
        ConcurrentQueue<string> faults,
        CancellationToken done
    )
    {
        const string Page = """{ products(first: 3) { nodes { id title } } }""";
        var payload = JsonSerializer.SerializeToUtf8Bytes(new { query = Page });
        using var socket = await FuzzSocket.OpenAsync(shop.Address, token: null, CancellationToken.None);
        var count = 0;
        for (; !done.IsCancellationRequested; count++)
        {
            using var answer = await client.PostAsJsonAsync(
                shop.Address,
                new { query = Page },
                CancellationToken.None
            );
            var page = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            var (type, pushed) = await socket.AskAsync(payload, maySayNothing: false, CancellationToken.None);
            if (
                type != "next"
                || new[] { page, pushed }.Any(each =>
                    !each.StartsWith("""{"data":{"products":{"nodes":[""", StringComparison.Ordinal)
                )
            )
            {
                faults.Enqueue($"an innocent client was answered {page} and {type} {pushed}");
                break;
            }
        }

        return count;
    }
}
