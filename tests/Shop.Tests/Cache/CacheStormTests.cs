using System.Globalization;
using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Cache;

/// <summary>
/// Crowds, late reads and stores that go away, against PostgreSQL with a replica, and both kinds of Redis. What is counted is how often
/// the database was asked. <c>SHOP_SCHEDULES</c> says how many schedules of chance are run.
/// </summary>
public sealed class CacheStormTests(CacheShop shop) : IClassFixture<CacheShop>
{
    private static int _taken;

    private static int Schedules =>
        int.Parse(
            Environment.GetEnvironmentVariable("SHOP_SCHEDULES") ?? "200",
            CultureInfo.InvariantCulture
        );

    // Each test has products of its own.
    private ProductId Next() => shop.Products[Interlocked.Increment(ref _taken)];

    [Fact]
    public async Task A_page_of_rows_is_one_statement_then_none_and_for_another_node_none()
    {
        using var node = shop.Node();
        using var other = shop.Node();
        ProductId[] page = [.. shop.Products.Skip(100).Take(80)];

        using var sql = SqlCount.Start();
        var first = await node.ReadAsync(page);
        var again = await node.ReadAsync(page);
        var elsewhere = await other.ReadAsync(page);

        Assert.Equal(80, first.Count);
        Assert.Equal(first.OrderBy(row => row.Key.Value), again.OrderBy(row => row.Key.Value));
        Assert.Equal(first.OrderBy(row => row.Key.Value), elsewhere.OrderBy(row => row.Key.Value));
        Assert.Single(sql.Statements);
        Assert.Equal(80, other.Counts.Of(CacheOutcome.Redis));
        Assert.Equal(80, node.Counts.Of(CacheOutcome.Memory));
    }

    [Fact]
    public async Task Five_thousand_who_ask_for_one_row_have_it_read_once()
    {
        using var node = shop.Node();
        var (product, mayRead) = (Next(), new TaskCompletionSource());
        node.MayRead = mayRead.Task;

        var asking = Enumerable.Range(0, 5_000).Select(_ => Task.Run(() => node.ReadAsync(product))).ToList();
        mayRead.SetResult();
        var rows = await Task.WhenAll(asking);

        Assert.Equal(1, node.Statements);
        Assert.All(rows, row => Assert.Equal($"Shelf {product.Value}", row!.Title));
    }

    [Fact]
    public async Task Of_a_row_whose_time_is_over_all_are_shown_the_old_one_while_one_reads()
    {
        using var node = shop.Node(settings: new() { Redis = false });
        var (product, mayRead) = (Next(), new TaskCompletionSource());
        await node.ReadAsync(product);
        node.MayRead = mayRead.Task;
        node.Expire(product);

        // They are answered although the statement is not.
        var rows = await Task.WhenAll(
            Enumerable.Range(0, 5_000).Select(_ => Task.Run(() => node.ReadAsync(product)))
        );

        Assert.All(rows, Assert.NotNull);
        Assert.Equal(2, node.Statements);
        Assert.Equal(5_000, node.Counts.Of(CacheOutcome.Stale) + node.Counts.Of(CacheOutcome.Memory));
        mayRead.SetResult();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_that_is_late_is_not_kept_and_who_asked_gets_the_new_row(bool isReal)
    {
        using var late = shop.Node(isReal);
        using var other = shop.Node(isReal);
        var (product, mayAnswer) = (Next(), new TaskCompletionSource());
        late.MayAnswer = mayAnswer.Task;

        // It has the old row in its hands, and does not hear of the change.
        var asking = late.ReadAsync(product);
        await late.HasRead.Task;
        await other.ChangeAsync(product, "New");
        mayAnswer.SetResult();

        Assert.Equal("New", (await asking)!.Title);
        Assert.Equal(1, late.Counts.RefusedFills);
        Assert.Equal("New", (await other.ReadAsync(product))!.Title);
        Assert.Equal(0, other.Statements);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_asks_after_a_change_was_heard_gets_the_new_row_and_it_is_read_once(bool isReal)
    {
        using var node = shop.Node(isReal);
        using var other = shop.Node(isReal);
        var product = Next();
        await node.ReadAsync(product);
        await other.ReadAsync(product);

        other.Hear(product, await node.ChangeAsync(product, "New"));
        var rows = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(_ => Task.Run(() => other.ReadAsync(product)))
        );

        Assert.All(rows, row => Assert.Equal("New", row!.Title));
        // A replica may not show it yet, then the primary is asked as well.
        Assert.InRange(other.Statements, 1, 2);
    }

    [Fact]
    public async Task A_node_that_missed_signals_uses_nothing_that_is_older_than_they()
    {
        using var node = shop.Node();
        using var deaf = shop.Node();
        var product = Next();
        await deaf.ReadAsync(product);
        await node.ChangeAsync(product, "New");
        Assert.Equal($"Shelf {product.Value}", (await deaf.ReadAsync(product))!.Title);

        deaf.Floors.MissSome();

        Assert.Equal("New", (await deaf.ReadAsync(product))!.Title);
    }

    [Fact]
    public async Task Who_has_told_of_a_change_reads_it_whether_a_replica_shows_it_or_not()
    {
        using var node = shop.Node(settings: new() { Redis = false });
        var product = Next();
        await node.ReadAsync(product);
        var floor = await node.ChangeAsync(product, "New");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => node.ReadAsync(product)));

        Assert.Equal("New", (await node.ReadAsync(product))!.Title);
        Assert.True(floor > 0);
    }

    [Fact]
    public async Task What_has_no_row_is_asked_for_once_and_found_as_soon_as_it_is_made()
    {
        using var node = shop.Node();
        var number = 1_000_000 + Next().Value;
        Assert.Null(await node.ReadAsync(new ProductId(number)));
        var asked = node.Statements;

        await Task.WhenAll(
            Enumerable.Range(0, 500).Select(_ => Task.Run(() => node.ReadAsync(new ProductId(number))))
        );
        Assert.Equal(asked, node.Statements);

        var made = await shop.MakeAsync(number);
        await node.Raise.RunAsync(
            shop.Shop.Get<Database<CatalogDb>>().Primary,
            [Floors.Of(made)],
            CancellationToken.None
        );
        Assert.Equal($"Made {number}", (await node.ReadAsync(made))!.Title);
    }

    [Fact]
    public async Task While_no_database_answers_what_was_read_is_shown_unless_it_has_changed()
    {
        using var node = shop.Node(settings: new() { Redis = false });
        var (known, changed, unknown) = (Next(), Next(), Next());
        await node.ReadAsync([known, changed]);
        var floor = await node.ChangeAsync(changed, "New");
        node.IsAway = true;
        node.Expire(known);

        Assert.Equal($"Shelf {known.Value}", (await node.ReadAsync(known))!.Title);
        await Assert.ThrowsAsync<Npgsql.NpgsqlException>(() => node.ReadAsync(changed));
        var page = await node.AskAsync([known, changed, unknown]);
        Assert.Equal($"Shelf {known.Value}", page.Of(known)!.Title);
        Assert.Throws<Npgsql.NpgsqlException>(() => page.Of(changed));
        Assert.Throws<Npgsql.NpgsqlException>(() => page.Of(unknown));

        node.IsAway = false;
        Assert.Equal("New", (await node.ReadAsync(changed))!.Title);
        Assert.True(floor > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Redis_may_go_and_come_back_empty_while_many_read(bool isReal)
    {
        await using var redis = isReal ? await RedisServer.TryStartRealAsync() : RedisServer.StartEmbedded();
        Assert.SkipWhen(redis is null, "redis-server is not installed.");
        await using var connection = await CacheRedis.ConnectAsync(redis);
        using var one = new CacheNode(shop.Shop, connection);
        using var two = new CacheNode(shop.Shop, connection);
        var product = Next();
        using var end = new CancellationTokenSource();

        var reading = Enumerable
            .Range(0, 16)
            .Select(n => Task.Run(() => ReadOnAsync(n % 2 == 0 ? one : two)))
            .ToList();
        await redis.StopAsync();
        await CacheShop.ChangeAsync(shop.Shop, product, "New");
        await one.Raise.TryAsync(shop.Shop.Get<Database<CatalogDb>>().Primary, [Floors.Of(product)]);
        Assert.Equal("New", (await one.ReadAsync(product))!.Title);
        await redis.StartAsync();
        two.Floors.MissSome();
        two.Hear(product, one.Floors.Highest);
        Assert.Equal("New", (await two.ReadAsync(product))!.Title);

        await end.CancelAsync();
        await Task.WhenAll(reading);

        // Nobody reads a version lower than one it has read, and nothing fails.
        async Task ReadOnAsync(CacheNode node)
        {
            for (var seen = 0; !end.IsCancellationRequested; await Task.Yield())
            {
                var row = await node.ReadAsync(product);
                Assert.InRange(row!.Version, seen, int.MaxValue);
                seen = row.Version;
                node.Expire(shop.Products[150]);
                Assert.NotNull(await node.ReadAsync(shop.Products[150]));
            }
        }
    }

    [Fact]
    public async Task Whatever_happens_in_which_order_nobody_reads_an_older_version_after_a_newer_one()
    {
        // Several at a time, each on products of its own.
        var lanes = shop.Products.Skip(180).Chunk(2).ToList();
        var next = 0;
        await Task.WhenAll(
            lanes.Select(products =>
                Task.Run(async () =>
                {
                    while (Interlocked.Increment(ref next) is var seed && seed <= Schedules)
                    {
                        await new CacheSchedule(shop, products, seed).RunAsync();
                    }
                })
            )
        );
    }
}
