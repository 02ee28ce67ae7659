using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Operations;

/// <summary>Messages as operators see them, and what they do about the dead ones.</summary>
public sealed class MessageTableTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Tables = """
        query($first: Int, $after: String) {
          operations { messageTables {
            context pending leased oldestPendingAt lagSeconds deadCount
            deadMessages(first: $first, after: $after) {
              nodes { id context topic key attempts error createdAt failedAt traceparent }
              pageInfo { hasNextPage endCursor }
            }
          } }
        }
        """;

    private const string Replay = """
        mutation($input: MessagesReplayInput!) {
          messagesReplay(input: $input) { replayed problems { code field ... on NotFound { id } } }
        }
        """;

    private readonly Saga _saga = new(shop);

    public async ValueTask InitializeAsync() =>
        await ExecuteAsync("delete from orders.local_message; delete from orders.audit_entry");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_lag_grows_while_a_message_waits_and_is_gone_when_it_is_delivered()
    {
        var pot = await _saga.StockedAsync(units: 5);
        await _saga.PlacedAsync(Saga.Request((pot, 1)));
        var written = shop.Clock.GetUtcNow();

        shop.Clock.Advance(TimeSpan.FromSeconds(90));
        var waiting = await OrdersAsync();
        Assert.Equal(1, waiting.GetProperty("pending").GetInt32());
        Assert.Equal(0, waiting.GetProperty("leased").GetInt32());
        Assert.Equal(written, waiting.GetProperty("oldestPendingAt").GetDateTimeOffset());
        Assert.Equal(90, waiting.GetProperty("lagSeconds").GetDouble());

        await _saga.SettleAsync();
        var settled = await OrdersAsync();
        Assert.Equal(0, settled.GetProperty("pending").GetInt32());
        Assert.Equal(0, settled.GetProperty("lagSeconds").GetDouble());
        Assert.Equal(JsonValueKind.Null, settled.GetProperty("oldestPendingAt").ValueKind);
    }

    [Fact]
    public async Task What_a_worker_has_is_counted_as_leased_until_its_lease_ends()
    {
        await WriteAsync("none", status: 0);
        await ExecuteAsync(
            $"update orders.local_message set lease_owner = 'worker', lease_until = '{shop.Clock.GetUtcNow().AddSeconds(15):o}'"
        );

        Assert.Equal(1, (await OrdersAsync()).GetProperty("leased").GetInt32());
        shop.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(0, (await OrdersAsync()).GetProperty("leased").GetInt32());
    }

    [Fact]
    public async Task A_dead_message_is_shown_with_its_error_and_tried_again_it_does_its_work()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var order = await _saga.PlacedAsync(Saga.Request((pot, 1)));
        await ExecuteAsync(
            "update orders.local_message set status = -1, attempts = 10, last_error = 'The shelf was locked.'"
        );

        var table = await OrdersAsync();
        Assert.Equal(1, table.GetProperty("deadCount").GetInt32());
        Assert.Equal(0, table.GetProperty("pending").GetInt32());
        var dead = Assert.Single(Nodes(table));
        Assert.Equal("inventory.deduct", dead.GetProperty("topic").GetString());
        Assert.Equal($"{order.Value}", dead.GetProperty("key").GetString());
        Assert.Equal("The shelf was locked.", dead.GetProperty("error").GetString());
        Assert.Equal(10, dead.GetProperty("attempts").GetInt32());

        var id = dead.GetProperty("id").GetString()!;
        var replayed = await ReplayAsync(new { ids = new[] { id } });
        Assert.Equal("""{"replayed":1,"problems":[]}""", replayed.ToString());
        await _saga.SettleAsync();
        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(order)).Status);

        Assert.Equal(
            $$"""{"replayed":0,"problems":[{"code":"NOT_FOUND","field":["ids","0"],"id":"{{id}}"}]}""",
            (await ReplayAsync(new { ids = new[] { id } })).ToString()
        );
        Assert.Equal(
            "messagesReplay DeadMessage 7",
            await ScalarAsync<string>(
                "select string_agg(action || ' ' || subject_kind || ' ' || actor_id, ',') from orders.audit_entry"
            )
        );
    }

    [Fact]
    public async Task All_of_a_topic_are_tried_again_and_no_other()
    {
        foreach (var topic in new[] { "none.tea", "none.milk", "none.tea" })
        {
            await WriteAsync(topic, status: -1);
        }

        var done = await ReplayAsync(new { topic = new { context = "orders", topic = "none.tea" } });

        Assert.Equal("""{"replayed":2,"problems":[]}""", done.ToString());
        Assert.Equal(
            "none.milk",
            await ScalarAsync<string>("select topic from orders.local_message where status = -1")
        );
        Assert.Equal(2, await ScalarAsync<long>("select count(*) from orders.audit_entry"));
    }

    [Fact]
    public async Task A_context_that_sends_nothing_is_a_problem_and_writes_nothing()
    {
        var refused = await ReplayAsync(new { topic = new { context = "carts", topic = "none.tea" } });

        Assert.Equal(
            """{"replayed":0,"problems":[{"code":"NOT_FOUND","field":["topic","context"],"id":null}]}""",
            refused.ToString()
        );
    }

    [Fact]
    public async Task Dead_messages_come_newest_first_page_by_page()
    {
        List<long> written = [];
        for (var each = 0; each < 5; each++)
        {
            written.Add(await WriteAsync($"none.n{each}", status: -1));
        }

        List<string> seen = [];
        string? after = null;
        for (var page = 0; page < 3; page++)
        {
            var table = await OrdersAsync(first: 2, after);
            seen.AddRange(Nodes(table).Select(node => node.GetProperty("topic").GetString()!));
            var info = table.GetProperty("deadMessages").GetProperty("pageInfo");
            Assert.Equal(page < 2, info.GetProperty("hasNextPage").GetBoolean());
            after = info.GetProperty("endCursor").GetString();
        }

        Assert.Equal(["none.n4", "none.n3", "none.n2", "none.n1", "none.n0"], seen);
    }

    [Fact]
    public async Task However_many_are_dead_a_context_is_two_statements()
    {
        await WriteAsync("none", status: -1);
        var one = await CountAsync();
        for (var each = 0; each < 30; each++)
        {
            await WriteAsync("none", status: -1);
        }

        Assert.Equal(one, await CountAsync());
        // The backlog and the dead of Catalog, of Orders, of Inventory, of Payments and of Pricing.
        Assert.Equal(10, one);

        async Task<int> CountAsync()
        {
            using var count = SqlCount.Start();
            await OrdersAsync(first: 100);
            return count.Statements.Count;
        }
    }

    [Fact]
    public async Task When_a_store_does_not_answer_the_rest_of_the_page_is_told()
    {
        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await using var hold = await connection.BeginTransactionAsync();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "lock table orders.local_message in access exclusive mode";
            await command.ExecuteNonQueryAsync();
        }

        var asked = shop.AnswerAsync(
            Askers.Staff(StaffRole.Admin),
            "{ operations { messageTables { context } caches { cache } } }"
        );
        await Eventually.TrueAsync(
            shop,
            "select exists (select from pg_locks where not granted and relation = 'orders.local_message'::regclass)"
        );
        shop.Clock.Advance(TimeSpan.FromSeconds(2));

        var answer = await asked;
        var page = answer.GetProperty("data").GetProperty("operations");
        Assert.Equal(JsonValueKind.Null, page.GetProperty("messageTables").ValueKind);
        Assert.NotEmpty(page.GetProperty("caches").EnumerateArray());
        Assert.Single(answer.GetProperty("errors").EnumerateArray());
    }

    private async Task<JsonElement> OrdersAsync(int first = 20, string? after = null)
    {
        var data = await shop.AskAsync(Askers.Staff(StaffRole.Admin), Tables, new { first, after });
        return data.GetProperty("operations")
            .GetProperty("messageTables")
            .EnumerateArray()
            .Single(table => table.GetProperty("context").GetString() == "orders");
    }

    private async Task<JsonElement> ReplayAsync(object input) =>
        (await shop.AskAsync(Askers.Staff(StaffRole.Admin), Replay, new { input })).GetProperty(
            "messagesReplay"
        );

    private static JsonElement.ArrayEnumerator Nodes(JsonElement table) =>
        table.GetProperty("deadMessages").GetProperty("nodes").EnumerateArray();

    private Task<long> WriteAsync(string topic, int status, string receiver = "inventory") =>
        ScalarAsync<long>(
            $"""
            insert into orders.local_message (topic, receiver, key, payload, status, next_attempt_at, created_at, updated_at)
            values ('{topic}', '{receiver}', 1, '[]', {status}, '{shop.Clock.GetUtcNow():o}', '{shop.Clock.GetUtcNow():o}', '{shop.Clock.GetUtcNow():o}')
            returning id
            """
        );

    private async Task ExecuteAsync(string sql)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
