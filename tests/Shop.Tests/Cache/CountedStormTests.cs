using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage.Faults;
using Shop.Data.Storage.Positions;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Cache;

/// <summary>
/// What reaches the database where strangers come at once, where rows were kept together, and where Redis or the database goes in the
/// midst of it. Statements, and the keys that they ask for, are counted.
/// </summary>
public sealed class CountedStormTests(CacheShop shop) : IClassFixture<CacheShop>
{
    // Nodes wait for each other as long as it takes on a busy machine.
    private static readonly CacheOptions _patient = new()
    {
        RedisTimeout = TimeSpan.FromSeconds(10),
        AcrossNodes = TimeSpan.FromSeconds(10),
    };

    [Fact]
    public async Task Ten_thousand_ids_of_this_second_cost_few_statements_and_push_out_no_goods()
    {
        using var node = shop.Node(settings: new() { Redis = false });
        await node.Known.ReadAsync(400, shop.Shop.Get<CatalogKeys>().ReadAsync(default), default);
        await node.ReadAsync(shop.Products);
        var (before, mayRead) = (node.Statements, new TaskCompletionSource());
        var first = NewId.FirstAt(DateTimeOffset.UtcNow);
        node.MayRead = mayRead.Task;

        // All have asked before the first is answered.
        var asking = Asking();
        mayRead.SetResult();
        Assert.All(await Task.WhenAll(asking), Assert.Empty);

        // None was told of, and yet none may be denied: the replica is asked, and then the primary.
        Assert.InRange(node.Statements - before, 20, 40);
        Assert.Equal(2, node.MostAtOnce);
        Assert.Equal(0, node.Counts.Of(CacheOutcome.Denied));

        var asked = node.Statements;
        Assert.All(await Task.WhenAll(Asking()), Assert.Empty);
        Assert.Equal(200, (await node.ReadAsync(shop.Products)).Count);
        Assert.Equal(asked, node.Statements);
        Assert.Equal(200, node.Stores.Size.Entries);

        List<Task<IReadOnlyDictionary<ProductId, Shelf>>> Asking() =>
            [
                .. Enumerable
                    .Range(0, 10_000)
                    .Select(n => new ProductId(first + n))
                    .Chunk(400)
                    .Select(node.ReadAsync),
            ];
    }

    [Fact]
    public async Task Rows_that_came_together_do_not_go_together()
    {
        const int Rows = 2_000;
        const int Draws = 100_000;
        using var node = shop.Node(settings: new() { Redis = false });
        var began = DateTimeOffset.UtcNow;
        var cache = new EntityCache<int, Shelf>(
            new("jar", id => $"{id}", (id, _) => $"j{id}"),
            node.Stores,
            (keys, _) =>
                Task.FromResult(
                    new Refill<int, Shelf>(
                        new ReadPosition(),
                        keys.ToDictionary(key => key, key => new Shelf("Jar", key))
                    )
                )
        );
        Assert.Equal(Rows, (await cache.ReadAsync([.. Enumerable.Range(0, Rows)], default)).Rows.Count);

        var took = DateTimeOffset.UtcNow - began;
        var ends = Enumerable
            .Range(0, Rows)
            .Select(n => node.Stores.Rows.TryGet<Held<Shelf>>($"0:jar:{n}").Value.GoodUntil - began)
            .ToList();

        var (lifetime, jitter) = (CacheNode.Patient.Lifetime, CacheNode.Patient.Jitter);
        Assert.InRange(ends.Min(), lifetime, lifetime + jitter / 10 + took);
        Assert.InRange(ends.Max(), lifetime + 0.9 * jitter, lifetime + jitter + took);
        // No second has more than a hundredth of those that a storm has brought.
        Assert.InRange(
            Enumerable
                .Range(0, Draws)
                .CountBy(_ => (int)node.Stores.LifetimeOf(times: 1).TotalSeconds)
                .Max(second => second.Value),
            1,
            Draws / 100
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_Redis_is_emptied_under_load_each_row_is_read_again_once(bool isReal)
    {
        const int Readers = 16;
        const int Rounds = 40;
        await using var redis = isReal ? await RedisServer.TryStartRealAsync() : RedisServer.StartEmbedded();
        Assert.SkipWhen(redis is null, "redis-server is not installed.");
        await using var connection = await CacheRedis.ConnectAsync(redis);
        await using var admin = await ConnectionMultiplexer.ConnectAsync(
            redis.ConnectionString + ",allowAdmin=true"
        );
        CacheNode[] nodes = [new(shop.Shop, connection, _patient), new(shop.Shop, connection, _patient)];
        ProductId[] shelves = [.. shop.Products.Take(100)];
        var changed = shelves[0];
        await nodes[0].ReadAsync(shelves);
        var floor = await nodes[0].ChangeAsync(changed, "New");
        nodes[1].Hear(changed, floor);
        var (emptied, rounds) = (new TaskCompletionSource(), 0);

        var reading = Enumerable.Range(0, Readers).Select(n => Task.Run(() => ReadOnAsync(n))).ToList();
        await emptied.Task;
        var before = nodes.Sum(node => node.KeysAsked);
        await admin.GetServers()[0].FlushAllDatabasesAsync();
        await Task.WhenAll(reading);

        // By each node at the most, and of the primary where the replica does not show all that the node has seen.
        Assert.InRange(nodes.Sum(node => node.KeysAsked) - before, shelves.Length, 4 * shelves.Length);
        Assert.All(nodes, node => Assert.InRange(node.MostAtOnce, 1, 2));
        Assert.All(nodes, node => Assert.Equal(0, node.Counts.Of(CacheOutcome.Failed)));
        Array.ForEach(nodes, node => node.Dispose());

        // Nobody finds a row in memory, and nobody gets an older one than that which was announced.
        async Task ReadOnAsync(int reader)
        {
            var node = nodes[reader % nodes.Length];
            for (var round = 0; round < Rounds; round++)
            {
                var page = shelves.Chunk(20).ElementAt(round % 5);
                Array.ForEach(page, node.Expire);
                var rows = await node.ReadAsync(page);
                Assert.Equal(page.Length, rows.Count);
                Assert.True(!rows.TryGetValue(changed, out var row) || row.Title == "New");
                if (Interlocked.Increment(ref rounds) == Readers * Rounds / 4)
                {
                    emptied.SetResult();
                }
            }
        }
    }

    [Fact]
    public async Task While_no_database_answers_a_crowd_asks_it_twenty_times_and_then_once_in_ten_seconds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var node = shop.Node(settings: new() { Redis = false }, clock: clock);
        ProductId[] page = [.. shop.Products.Skip(120).Take(20)];
        var unread = shop.Products[150];
        await node.ReadAsync(page);
        await CacheShop.ChangeAsync(shop.Shop, page[0], "New");
        clock.Advance(TimeSpan.FromSeconds(11));
        node.IsAway = true;
        Array.ForEach(page, node.Expire);

        // Two at a time: some are under way when it is enough.
        Assert.InRange(await StormAsync(), 20, 25);
        Assert.Equal(0, await StormAsync());
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(1, await StormAsync());
        Assert.InRange(node.MostAtOnce, 1, 2);

        node.IsAway = false;
        clock.Advance(TimeSpan.FromSeconds(11));
        Array.ForEach(page, node.Expire);
        Assert.NotNull(await node.ReadAsync(unread));
        await Eventually.TrueAsync(async () => (await node.ReadAsync(page[0]))!.Title == "New");

        // What was read is shown, and what was not is an error of its own; returns how often the database was asked.
        async Task<int> StormAsync()
        {
            var before = node.Statements;
            var shown = await Task.WhenAll(
                Enumerable.Range(0, 500).Select(_ => Task.Run(() => node.AskAsync([.. page, unread])))
            );
            Assert.All(shown, rows => Assert.Equal(page.Length, rows.Rows.Count));
            Assert.All(
                shown,
                rows => Assert.True(Outage.Is(Assert.ThrowsAny<NpgsqlException>(() => rows.Of(unread))))
            );
            return node.Statements - before;
        }
    }

    [Fact]
    public async Task Nodes_that_do_not_wait_for_each_other_read_a_row_once_each()
    {
        const int Nodes = 4;
        var alone = new CacheOptions { RedisTimeout = TimeSpan.FromSeconds(10), AcrossNodes = TimeSpan.Zero };
        var nodes = Enumerable.Range(0, Nodes).Select(_ => shop.Node(settings: alone)).ToList();
        var (product, mayRead) = (shop.Products[170], new TaskCompletionSource());
        nodes.ForEach(node => node.MayRead = mayRead.Task);

        var asking = Enumerable
            .Range(0, 2_000)
            .Select(n => Task.Run(() => nodes[n % Nodes].ReadAsync(product)))
            .ToList();
        mayRead.SetResult();

        Assert.All(await Task.WhenAll(asking), Assert.NotNull);
        Assert.All(nodes, node => Assert.InRange(node.Statements, 0, 1));
        nodes.ForEach(node => node.Dispose());
    }
}
