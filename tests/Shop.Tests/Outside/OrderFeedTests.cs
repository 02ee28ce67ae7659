using System.Text.Json;
using Npgsql;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Feed;
using Shop.Data.Storage;
using Shop.Data.Storage.Bookmarks;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Outside;

/// <summary>What a reader outside gets of steps that are written anyway, whoever writes at the same time.</summary>
[Collection<KafkaTests>]
public sealed class OrderFeedTests(KafkaShop fixture)
{
    private const int Writers = 6;
    private const int StepsOfWriter = 40;

    private const string Restart = """
        mutation($input: FeedRestartInput!) {
          feedRestart(input: $input) { feed { name restartsFrom isStopped } problems { code field } }
        }
        """;

    private readonly ShopFixture _shop = fixture.Shop;
    private readonly Saga _saga = new(fixture.Shop);

    [Fact]
    public async Task Nothing_is_lost_read_twice_or_read_before_what_came_before_it()
    {
        var reader = $"{Guid.CreateVersion7()}";
        await using var feed = await OpenAsync(reader);
        await ReadAsync(feed);
        var orders = await OrdersAsync(8);
        await using var longest = await BeginAsync();
        await StepAsync(longest, orders[^1]);
        await using var idle = await BeginAsync();
        await TransactionAsync(idle);

        var read = new List<(long Order, int Version)>();
        var writing = Task.WhenAll(
            Enumerable.Range(0, Writers).Select(writer => WriteAsync([.. orders.SkipLast(1)], writer))
        );
        var readings = 0;
        while (!writing.IsCompleted)
        {
            read.AddRange(await ReadAsync(feed));
            readings++;
        }

        await writing;
        read.AddRange(await ReadAsync(feed));
        Assert.DoesNotContain((orders[^1].Value, 2), read);
        await longest.ExecuteAsync($"commit", default);
        read.AddRange(await ReadAsync(feed));

        Assert.True(readings > 1);
        Assert.Equal(8 + Writers * StepsOfWriter + 1, read.Count);
        Assert.Distinct(read);
        Assert.All(
            read.GroupBy(step => step.Order),
            steps => Assert.Equal(Enumerable.Range(1, steps.Count()), steps.Select(step => step.Version))
        );
    }

    [Fact]
    public async Task A_reading_that_was_not_kept_is_read_again_by_the_next_who_opens()
    {
        var reader = $"{Guid.CreateVersion7()}";
        var feed = await OpenAsync(reader);
        await ReadAsync(feed);
        var order = (await OrdersAsync(1))[0];
        var taken = new List<long>();
        await feed.ReadAsync((step, _) => AddAsync(taken, step), default);
        Assert.Null(await _shop.Get<OrderFeed>().OpenAsync(reader, default));
        await feed.DisposeAsync();

        await using var next = await OpenAsync(reader);
        Assert.Equal([order.Value], taken);
        Assert.Equal([(order.Value, 1)], await ReadAsync(next));
        Assert.Empty(await ReadAsync(next));
    }

    [Fact]
    public async Task After_a_fail_over_it_stands_still_until_staff_says_from_where()
    {
        var reader = $"{Guid.CreateVersion7()}";
        await using var feed = await OpenAsync(reader);
        await ReadAsync(feed);
        var lost = (await OrdersAsync(1))[0];
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var from = _shop.Clock.GetUtcNow();
        var kept = (await OrdersAsync(1))[0];
        await ExecuteAsync($"update orders.bookmark set timeline = timeline - 1 where reader = '{reader}'");

        await Assert.ThrowsAsync<OtherClusterException>(() => ReadAsync(feed));
        Assert.True((await FeedOfAsync(reader)).GetProperty("isStopped").GetBoolean());
        var answer = await RestartAsync(reader, from);
        Assert.Equal(
            $$"""{"feed":{"name":"{{reader}}","restartsFrom":"{{from:yyyy-MM-ddTHH:mm:ssZ}}","isStopped":false},"problems":[]}""",
            answer.ToString()
        );

        var read = await ReadAsync(feed);
        Assert.Contains((kept.Value, 1), read);
        Assert.DoesNotContain((lost.Value, 1), read);
        Assert.Empty(await ReadAsync(feed));
        Assert.Equal(JsonValueKind.Null, (await FeedOfAsync(reader)).GetProperty("restartsFrom").ValueKind);
    }

    [Fact]
    public async Task What_staff_says_while_something_is_read_holds_and_is_written_down_once()
    {
        var reader = $"{Guid.CreateVersion7()}";
        await using var feed = await OpenAsync(reader);
        await ReadAsync(feed);
        var from = _shop.Clock.GetUtcNow();
        var order = (await OrdersAsync(1))[0];
        var reading = await feed.ReadAsync((_, _) => Task.CompletedTask, default);

        await RestartAsync(reader, from);
        await RestartAsync(reader, from);

        Assert.False(await feed.KeepAsync(reading, default));
        Assert.Contains((order.Value, 1), await ReadAsync(feed));
        Assert.Equal(
            1,
            await _saga.CountAsync(
                $"orders.audit_entry where action = 'feedRestart' and after->>'reader' = '{reader}'"
            )
        );
    }

    [Fact]
    public async Task Nobody_restarts_what_is_not_there_or_from_tomorrow()
    {
        var answer = await RestartAsync("nobody", _shop.Clock.GetUtcNow());
        Assert.Equal(
            """{"feed":null,"problems":[{"code":"NOT_FOUND","field":["name"]}]}""",
            answer.ToString()
        );
        answer = await RestartAsync("nobody", _shop.Clock.GetUtcNow().AddDays(1));
        Assert.Equal(
            """{"feed":null,"problems":[{"code":"INVALID_INPUT","field":["from"]}]}""",
            answer.ToString()
        );
    }

    private async Task<OpenOrderFeed> OpenAsync(string reader) =>
        Assert.IsType<OpenOrderFeed>(await _shop.Get<OrderFeed>().OpenAsync(reader, default));

    private static async Task<IReadOnlyList<(long Order, int Version)>> ReadAsync(OpenOrderFeed feed)
    {
        var read = new List<(long, int)>();
        var reading = await feed.ReadAsync(
            (step, _) =>
            {
                read.Add((step.OrderId.Value, step.Version));
                return Task.CompletedTask;
            },
            default
        );
        Assert.Equal(read.Count, reading.Count);
        Assert.True(await feed.KeepAsync(reading, default));
        return read;
    }

    private static Task AddAsync(List<long> taken, ToldStep step)
    {
        taken.Add(step.OrderId.Value);
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<OrderId>> OrdersAsync(int count)
    {
        var pot = await _saga.StockedAsync(units: count);
        return await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => _saga.PlacedAsync(Saga.Request((pot, 1))))
        );
    }

    // Each has its number before it waits for the order, so that later steps are written by earlier transactions.
    private async Task WriteAsync(OrderId[] orders, int writer)
    {
        for (var step = 0; step < StepsOfWriter; step++)
        {
            await using var connection = await BeginAsync();
            await TransactionAsync(connection);
            await StepAsync(connection, orders[(writer + step) % orders.Length]);
            await connection.ExecuteAsync($"commit", default);
        }
    }

    private async Task<NpgsqlConnection> BeginAsync()
    {
        var connection = await _shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await connection.ExecuteAsync($"begin", default);
        return connection;
    }

    private static Task<string?> TransactionAsync(NpgsqlConnection connection) =>
        connection.ScalarAsync<string>($"select pg_current_xact_id()::text", default);

    private static Task<int> StepAsync(NpgsqlConnection connection, OrderId order) =>
        connection.ExecuteAsync(
            $"""
            with o as (
                update orders."order" set version = version + 1 where id = {Sql.Value(order.Value)}
                returning id, version, status)
            insert into orders.order_event (order_id, sequence, at, from_status, to_status, actor, tx)
            select id, version, now(), status, status, 'staff', pg_current_xact_id()::text::bigint from o
            """,
            default
        );

    private async Task<JsonElement> FeedOfAsync(string reader)
    {
        var page = await _shop.Services.AskAsync(
            Askers.Staff(StaffRole.Admin),
            "{ operations { feeds { name keptAt restartsFrom isStopped } } }"
        );
        return page.GetProperty("operations")
            .GetProperty("feeds")
            .EnumerateArray()
            .Single(feed => feed.GetProperty("name").GetString() == reader);
    }

    private async Task<JsonElement> RestartAsync(string reader, DateTimeOffset from) =>
        (
            await _shop.Services.AskAsync(
                Askers.Staff(StaffRole.Admin),
                Restart,
                new { input = new { name = reader, from } }
            )
        ).GetProperty("feedRestart");

    private Task<int> ExecuteAsync(string sql) =>
        _shop.Get<Database<OrdersDb>>().Primary.ExecuteAsync(Sql.Raw(sql), default);
}
