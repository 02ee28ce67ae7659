using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Shop.GraphQL.Host.Embedded;
using Shop.Load;
using Shop.Load.Client;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Fire;

/// <summary>A web host stops behind a load balancer, HAProxy, that has another: who asks notices nothing, who listens comes back.</summary>
public sealed class DrainTests(ITestOutputHelper output)
{
    private const int Pages = 500;

    // 200 requests a second, whatever becomes of those before.
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<string> _failures = new();

    [Fact]
    public async Task A_host_that_stops_costs_no_request_and_no_step_of_an_order()
    {
        Installed.Need("haproxy");
        using var patience = new CancellationTokenSource(_patience);
        var cancel = patience.Token;
        await using var town = await Town.OpenAsync(
            new(
                RunFolder.Make("drain"),
                PostgresSettings.Disposable,
                new Dictionary<string, string> { ["GraphQL__Transport__FarewellFor"] = "00:00:10" }
            ),
            cancel
        );
        var shop = ShopAddress.Parse(TownNode.FreeUrl());
        using var balancer = Balance(shop, town.Webs);
        await Eventually.TrueAsync(() => AnswersAsync(shop));
        using var client = new ShopClient(shop, connections: 64);
        var buyer = new Buyer(new PatientClient([client], TimeProvider.System));
        var skus = await Catalogue.SkusAsync(client, cancel);
        var order = await buyer.PlaceAsync(await buyer.CartAsync(skus[0].Sku, cancel), 1, cancel);
        var pages = Enumerable.Range(0, Pages).Select(_ => new Page(shop, order)).ToList();
        var watching = Task.WhenAll(pages.Select(page => page.WatchAsync(cancel)));
        await Eventually.TrueAsync(() => Task.FromResult(pages.All(page => page.IsConnected)));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var asking = AskAsync(client, enough.Token);

        var stop = Stopwatch.GetTimestamp();
        Assert.Equal(0, await town.Webs[0].StopAsync(cancel));
        await Eventually.TrueAsync(() => Task.FromResult(pages.All(page => page.IsConnected)));
        await enough.CancelAsync();
        var asked = await asking;
        Assert.Null(await buyer.CancelAsync(order, cancel));
        await watching;

        Assert.Empty(_failures);
        Assert.All(pages, page => Assert.Equal(page.Versions.Distinct().Order(), page.Versions));
        // Who was with the other host stayed there.
        var returns = pages.SelectMany(page => page.Returns).ToList();
        Assert.InRange(returns.Count, 1, Pages - 1);
        var seconds = returns.Select(at => Stopwatch.GetElapsedTime(stop, at).TotalSeconds).ToList();
        output.WriteLine(
            $"{asked} requests, none failed; {returns.Count} pages came back, the last after {seconds.Max():0.0} s, {seconds.CountBy(Math.Floor).Max(second => second.Value)} in the busiest second."
        );
    }

    private static HostProcess Balance(ShopAddress shop, IEnumerable<TownNode> webs)
    {
        var file = Path.Combine(RunFolder.Make("haproxy"), "haproxy.cfg");
        File.WriteAllText(
            file,
            $"""
            global
              maxconn 4000
            defaults
              mode http
              timeout connect 10s
              timeout check 30s
              timeout client 1m
              timeout server 1m
              timeout tunnel 1h
              option redispatch
            frontend clients
              bind 127.0.0.1:{shop.Graph.Port}
              default_backend webs
            backend webs
              balance leastconn
              option httpchk GET /health/ready
              default-server check inter 500ms fall 2 rise 1
            {string.Join(
                '\n',
                webs.Select((web, number) => $"  server web{number} 127.0.0.1:{web.Address!.Graph.Port}")
            )}

            """
        );
        return HostProcess.Start(
            "haproxy",
            ["-db", "-f", file],
            new Dictionary<string, string>(),
            readyWord: "It says nothing, and is asked."
        );
    }

    private static async Task<bool> AnswersAsync(ShopAddress shop)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(new Uri(shop.Graph, "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <returns>How many requests were sent.</returns>
    private async Task<int> AskAsync(ShopClient client, CancellationToken enough)
    {
        var body = ShopClient.Body(Operation.ProductsPage);
        var asked = new List<Task>();
        using var timer = new PeriodicTimer(_between);
        try
        {
            while (await timer.WaitForNextTickAsync(enough))
            {
                asked.Add(AskOnceAsync(client, body));
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // It was.
        }

        await Task.WhenAll(asked);
        return asked.Count;
    }

    private async Task AskOnceAsync(ShopClient client, byte[] body)
    {
        try
        {
            await client.PostAsync(body, CancellationToken.None);
        }
        catch (Exception fault) when (fault is ShopAwayException or ShopFaultException)
        {
            _failures.Enqueue(fault.Message);
        }
    }

    /// <summary>An open page that watches an order until it is cancelled, and comes back whenever its line is cut.</summary>
    private sealed class Page(ShopAddress shop, PlacedOrder order)
    {
        public bool IsConnected { get; private set; }

        /// <summary>Of the order, as they came.</summary>
        public List<int> Versions { get; } = [];

        /// <summary>When it was connected once more, by the stopwatch.</summary>
        public List<long> Returns { get; } = [];

        public async Task WatchAsync(CancellationToken cancel)
        {
            for (var isBack = false; ; isBack = true)
            {
                try
                {
                    await using var socket = await EventSocket.OpenAsync(shop, cancel);
                    IsConnected = true;
                    if (isBack)
                    {
                        Returns.Add(Stopwatch.GetTimestamp());
                    }

                    int? known = Versions.Count == 0 ? null : Versions[^1];
                    await foreach (var step in OrderWatch.WatchAsync(socket, order, known, cancel))
                    {
                        Versions.Add(step.Version);
                        if (step.To == "CANCELLED")
                        {
                            return;
                        }
                    }
                }
                catch (ShopAwayException)
                {
                    IsConnected = false;
                }
            }
        }
    }
}
