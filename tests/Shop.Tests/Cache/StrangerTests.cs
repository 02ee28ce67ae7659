using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Kernel;

namespace Shop.Tests.Cache;

/// <summary>Crowds that ask for what nobody has, and nodes that want the same row at the same moment.</summary>
public sealed class StrangerTests(CacheShop shop) : IClassFixture<CacheShop>
{
    private static readonly CacheOptions _nodes = new()
    {
        RedisTimeout = TimeSpan.FromSeconds(10),
        AcrossNodes = TimeSpan.FromSeconds(10),
    };

    private static int _taken;

    private ProductId Next() => shop.Products[Interlocked.Increment(ref _taken)];

    [Fact]
    public async Task Ten_thousand_ids_that_nobody_has_ask_the_database_for_next_to_nothing()
    {
        using var node = shop.Node();
        await KnowAsync(node);
        var first = NewId.FirstAt(DateTimeOffset.UtcNow.AddDays(-30));

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10_000),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (n, _) => Assert.Null(await node.ReadAsync(new ProductId(first + n)))
        );

        // A few are tried; one that the filter takes for a row's would be asked twice, of a replica and the primary.
        Assert.InRange(node.Statements, 1, 150);
        Assert.InRange(node.Counts.Of(CacheOutcome.Denied), 9_850, 10_000);
        Assert.NotNull(await node.ReadAsync(Next()));
    }

    [Fact]
    public async Task An_id_of_the_last_minutes_is_found_though_nobody_has_told_of_it()
    {
        using var node = shop.Node();
        await KnowAsync(node);
        Exhaust(node);

        var made = await shop.MakeAsync(NewId.FirstAt(DateTimeOffset.UtcNow));

        Assert.NotNull(await node.ReadAsync(made));
        Assert.Equal(0, node.Counts.Of(CacheOutcome.Denied));
    }

    [Fact]
    public async Task A_key_that_was_never_told_is_found_where_there_is_no_crowd_and_has_all_read_anew()
    {
        using var node = shop.Node();
        await KnowAsync(node);
        var made = await shop.MakeAsync(3_000_000 + Next().Value);

        Assert.NotNull(await node.ReadAsync(made));

        Assert.Equal(0, node.Known.Bytes);
        await node.Known.WantedAsync(default);
    }

    [Fact]
    public async Task In_a_crowd_a_key_is_found_as_soon_as_it_is_told()
    {
        using var node = shop.Node();
        await KnowAsync(node);
        var made = await shop.MakeAsync(4_000_000 + Next().Value);
        Exhaust(node);
        Assert.Null(await node.ReadAsync(made));

        node.Known.Hear(KnownKeys.Write([$"product:{made.Value}"]));

        Assert.NotNull(await node.ReadAsync(made));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task However_many_ask_on_however_many_nodes_a_row_is_read_once(int count, bool isReal)
    {
        var nodes = Enumerable.Range(0, count).Select(_ => shop.Node(isReal, _nodes)).ToList();
        for (var round = 0; round < 5; round++)
        {
            var product = Next();
            var before = nodes.Sum(node => node.Statements);

            var rows = await Task.WhenAll(
                Enumerable.Range(0, 2_000).Select(n => Task.Run(() => nodes[n % count].ReadAsync(product)))
            );

            Assert.All(rows, row => Assert.Equal($"Shelf {product.Value}", row!.Title));
            Assert.Equal(1, nodes.Sum(node => node.Statements) - before);
        }

        nodes.ForEach(node => node.Dispose());
    }

    [Fact]
    public async Task What_has_no_row_is_given_back_and_holds_no_other_node_up()
    {
        using var one = shop.Node(settings: _nodes);
        using var two = shop.Node(settings: _nodes);
        var mayRead = new TaskCompletionSource();
        one.MayRead = mayRead.Task;
        var nobody = new ProductId(5_000_000 + Next().Value);

        var asking = one.ReadAsync(nobody);
        var waiting = two.ReadAsync(nobody);
        mayRead.SetResult();

        Assert.Null(await asking);
        Assert.Null(await waiting);
    }

    [Fact]
    public async Task A_node_that_does_not_come_back_holds_others_up_for_no_longer_than_they_wait()
    {
        using var dead = shop.Node();
        using var node = shop.Node();
        var (product, never) = (Next(), new TaskCompletionSource());
        dead.MayRead = never.Task;
        var asking = dead.ReadAsync(product);

        Assert.NotNull(await node.ReadAsync(product));
        Assert.InRange(node.Statements, 1, 2);

        never.SetResult();
        Assert.NotNull(await asking);
    }

    [Fact]
    public async Task A_replica_that_is_held_behind_fills_no_old_row()
    {
        using var node = shop.Node();
        using var other = shop.Node();
        var product = Next();
        await node.ReadAsync(product);
        await using (await shop.Shop.HoldReplicaAsync())
        {
            other.Hear(product, await node.ChangeAsync(product, "New"));

            Assert.Equal("New", (await node.ReadAsync(product))!.Title);
            Assert.Equal("New", (await other.ReadAsync(product))!.Title);
            var made = await shop.MakeAsync(6_000_000 + product.Value);
            Assert.NotNull(await other.ReadAsync(made));
        }

        // What was kept while it was held.
        using var late = shop.Node();
        Assert.Equal("New", (await late.ReadAsync(product))!.Title);
        Assert.Equal(0, late.Statements);
    }

    private Task KnowAsync(CacheNode node)
    {
        var keys = shop.Shop.Get<CatalogKeys>();
        return node.Known.ReadAsync(400, keys.ReadAsync(default), default);
    }

    // As a crowd does.
    private static void Exhaust(CacheNode node)
    {
        while (node.Known.IsTried()) { }
    }
}
