using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Jobs.Messages;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Messages;

public sealed class MessageDeliveryTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Saga _saga = new(shop);
    private readonly LocalMessages<OrdersDb> _messages = shop.Get<LocalMessages<OrdersDb>>();
    private readonly MessageDesk _desk = shop
        .Services.GetServices<MessageDesk>()
        .Single(desk => desk.Sender == "orders");

    public async ValueTask InitializeAsync() =>
        await ExecuteAsync("delete from orders.local_message; delete from orders.inbox");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_message_that_keeps_failing_is_retried_with_growing_pauses_and_then_parked()
    {
        var id = await WriteAsync("inventory.deduct", key: 1, payload: "[]");
        var due = new List<TimeSpan>();

        for (var attempt = 1; attempt <= 10; attempt++)
        {
            Assert.Equal(1, await _saga.DeliverAsync<OrdersDb>());
            Assert.Equal(0, await _saga.DeliverAsync<OrdersDb>());
            var (_, nextAttemptAt, _) = await StateAsync(id);
            due.Add(nextAttemptAt - shop.Clock.GetUtcNow());
            shop.Clock.SetUtcNow(nextAttemptAt);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256], due.Take(9).Select(pause => pause.TotalSeconds));
        var (status, _, error) = await StateAsync(id);
        Assert.Equal((short)MessageStatus.Dead, status);
        Assert.NotEmpty(error!);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await _saga.DeliverAsync<OrdersDb>());
    }

    [Fact]
    public async Task A_message_that_fails_does_not_hold_back_those_that_came_with_it()
    {
        var pot = await _saga.StockedAsync(units: 5);
        await WriteAsync("inventory.deduct", key: 2, payload: "[]");
        var order = await _saga.PlacedAsync(Saga.Request((pot, 1)));

        await _saga.SettleAsync();

        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(order)).Status);
    }

    [Fact]
    public async Task A_message_waits_for_the_earlier_ones_of_its_key()
    {
        var first = await WriteAsync("none", key: 3, payload: "{}");
        var second = await WriteAsync("none", key: 3, payload: "{}");

        var claimed = await ClaimAsync("worker");
        await ConfirmAsync(first);
        var then = await ClaimAsync("worker");

        Assert.Equal([first], claimed);
        Assert.Equal([second], then);
    }

    [Fact]
    public async Task What_a_dead_worker_held_comes_back_when_its_lease_has_run_out()
    {
        var id = await WriteAsync("none", key: 4, payload: "{}");

        Assert.Equal([id], await ClaimAsync("the one that dies"));
        Assert.Empty(await ClaimAsync("another"));
        shop.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal([id], await ClaimAsync("another"));
    }

    [Fact]
    public async Task A_worker_that_is_slow_but_alive_keeps_its_messages()
    {
        var id = await WriteAsync("none", key: 7, payload: "{}");
        await ClaimAsync("the slow one");

        shop.Clock.Advance(TimeSpan.FromSeconds(14));
        await _messages.RenewAsync("the slow one", [id], TimeSpan.FromSeconds(15), CancellationToken.None);
        await _messages.RenewAsync("a stranger", [id], TimeSpan.FromDays(1), CancellationToken.None);
        shop.Clock.Advance(TimeSpan.FromSeconds(14));

        Assert.Empty(await ClaimAsync("another"));
        shop.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([id], await ClaimAsync("another"));
    }

    [Fact]
    public async Task A_dead_message_is_listed_with_its_reason_and_comes_back_when_it_is_told_to()
    {
        var id = await WriteAsync("none", key: 8, payload: "{}");
        await ClaimAsync("worker");
        await _messages.PutBackAsync(id, "worker", nextAttemptAt: null, "out of tea", CancellationToken.None);

        var dead = Assert.Single(
            await _desk.DeadAsync(receiver: null, before: null, limit: 10, CancellationToken.None)
        );
        Assert.Equal((id, "none", "out of tea"), (dead.Id, dead.Topic, dead.Reason));
        Assert.Empty(await ClaimAsync("worker"));
        Assert.Empty(await ReplayAsync(new(Ids: [id + 1])));
        Assert.Equal([id], await ReplayAsync(new()));
        Assert.Equal([id], await ClaimAsync("worker"));
    }

    [Fact]
    public async Task Confirmed_messages_go_when_their_time_is_over_and_open_ones_stay()
    {
        var done = await WriteAsync("none", key: 5, payload: "{}");
        await ConfirmAsync(done);
        shop.Clock.Advance(TimeSpan.FromDays(8));
        var open = await WriteAsync("none", key: 6, payload: "{}");

        await shop.Get<ForgetMessages<OrdersDb>>().RunAsync(CancellationToken.None);

        Assert.Equal(0, await CountAsync(done));
        Assert.Equal(1, await CountAsync(open));
    }

    [Fact]
    public async Task Old_messages_and_inbox_entries_go_a_batch_at_a_time_until_none_is_left()
    {
        await ExecuteAsync(
            """
            insert into orders.local_message (topic, receiver, key, payload, status, next_attempt_at, created_at, updated_at)
            select 'none', 'inventory', n, '{}', 2, '2020-01-01', '2020-01-01', '2020-01-01' from generate_series(1, 3) n
            """
        );
        await ExecuteAsync(
            """
            insert into orders.inbox (sender, message_id, taken_at)
            select 'nobody', n, '2020-01-01' from generate_series(1, 7) n
            """
        );

        var gone = new List<int>();
        do
        {
            gone.Add(await shop.Get<ForgetMessages<OrdersDb>>().RunAsync(limit: 2, CancellationToken.None));
        } while (gone[^1] > 0);

        Assert.Equal([4, 3, 2, 1, 0], gone);
    }

    [Fact]
    public async Task While_its_receiver_is_at_work_a_message_stays_with_its_worker()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var order = await _saga.PlacedAsync(Saga.Request((pot, 1)));
        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await using var counting = await connection.BeginTransactionAsync();
        await using (var count = connection.CreateCommand())
        {
            count.CommandText = $"select from inventory.stock where variant_id = {pot.Value} for update";
            await count.ExecuteNonQueryAsync();
        }

        var delivering = _saga.DeliverAsync<OrdersDb>();
        var claimedAt = shop.Clock.GetUtcNow();
        while (!await IsLeasedBeyondAsync(claimedAt + TimeSpan.FromSeconds(16)))
        {
            Assert.True(shop.Clock.GetUtcNow() < claimedAt.AddMinutes(30));
            shop.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Empty(await ClaimAsync("another"));
        await counting.CommitAsync();
        Assert.Equal(1, await delivering);
        await _saga.SettleAsync();
        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(order)).Status);

        Task<bool> IsLeasedBeyondAsync(DateTimeOffset moment) =>
            ScalarAsync<bool>(
                $"select exists (select from orders.local_message where status = 0 and lease_until > '{moment:o}')"
            );
    }

    [Fact]
    public async Task Workers_that_come_at_once_share_the_messages()
    {
        foreach (var key in Enumerable.Range(1000, 40))
        {
            await WriteAsync("none", key, payload: "{}");
        }

        var claimed = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => ClaimAsync($"worker {n}", limit: 7))
        );

        Assert.Equal(40, claimed.SelectMany(ids => ids).Distinct().Count());
        Assert.Equal(40, claimed.Sum(ids => ids.Count));
    }

    [Fact]
    public async Task A_dead_message_holds_back_the_later_ones_of_its_key_and_no_other()
    {
        var dead = await WriteAsync("none", key: 9, payload: "{}");
        await ClaimAsync("worker");
        await _messages.PutBackAsync(dead, "worker", nextAttemptAt: null, "no", CancellationToken.None);
        var later = await WriteAsync("none", key: 9, payload: "{}");
        var other = await WriteAsync("none", key: 10, payload: "{}");

        Assert.Equal([other], await ClaimAsync("worker"));
        await ConfirmAsync(other);
        await ReplayAsync(new(Ids: [dead]));
        Assert.Equal([dead], await ClaimAsync("worker"));
        await ConfirmAsync(dead);
        Assert.Equal([later], await ClaimAsync("worker"));
    }

    [Fact]
    public async Task What_a_worker_could_not_finish_is_its_own_again_at_once()
    {
        var id = await WriteAsync("none", key: 14, payload: "{}");
        await ClaimAsync("the one that PostgreSQL left");

        Assert.Empty(await ClaimAsync("another"));
        Assert.Equal([id], await ClaimAsync("the one that PostgreSQL left"));
    }

    [Fact]
    public async Task What_follows_a_claim_and_a_confirmation_on_their_connections_waits_for_the_disk_again()
    {
        var id = await WriteAsync("none", key: 15, payload: "{}");
        Assert.Equal([id], await ClaimAsync("worker"));
        await ConfirmAsync(id);
        Assert.Empty(await ClaimAsync("worker"));

        // All connections of the pool at once: those that claimed and confirmed are among them.
        var connections = new List<NpgsqlConnection>();
        var settings = new List<string>();
        try
        {
            for (var n = 0; n < DataSources.WarmConnections; n++)
            {
                var connection = await shop.Get<Database<OrdersDb>>().WarmPrimary.OpenConnectionAsync();
                connections.Add(connection);
                await using var ask = new NpgsqlCommand("show synchronous_commit", connection);
                settings.Add((string)(await ask.ExecuteScalarAsync())!);
            }
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }

        Assert.All(settings, setting => Assert.Equal("on", setting));
    }

    [Fact]
    public async Task However_long_a_store_is_away_no_message_dies_of_it()
    {
        // With a pool of its own: when Inventory's server is away, that of Orders is not.
        using var apart = ShopHost.Build(
            shop.Postgres,
            shop.Redis,
            shop.Clock,
            ("ConnectionStrings:Inventory", shop.Postgres + ";Timeout=6")
        );
        var delivery = apart.Services.GetRequiredService<MessageDelivery<OrdersDb>>();
        var order = await _saga.PlacedAsync(Saga.Request((await _saga.StockedAsync(units: 5), 1)));
        await ExecuteAsync(
            """
            create function inventory.away() returns trigger language plpgsql as
                $$ begin raise exception 'the database is starting up' using errcode = 'cannot_connect_now'; end $$;
            create trigger away before insert on inventory.inbox for each statement execute function inventory.away()
            """
        );

        for (var attempt = 1; attempt <= 20; attempt++)
        {
            Assert.Equal(1, await delivery.DeliverAsync(delivery.Lanes[0], CancellationToken.None));
            Assert.Equal(0, await delivery.DeliverAsync(delivery.Lanes[0], CancellationToken.None));
            shop.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        await ExecuteAsync("drop function inventory.away cascade");
        await _saga.SettleAsync();

        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(order)).Status);
    }

    [Fact]
    public async Task While_the_primary_takes_no_writes_a_message_waits_and_no_try_counts()
    {
        using var demoted = ShopHost.Build(
            shop.Postgres,
            shop.Redis,
            shop.Clock,
            ("ConnectionStrings:Inventory", shop.Postgres + ";Options=-c default_transaction_read_only=on")
        );
        var delivery = demoted.Services.GetRequiredService<MessageDelivery<OrdersDb>>();
        var order = await _saga.PlacedAsync(Saga.Request((await _saga.StockedAsync(units: 5), 1)));

        Assert.Equal(1, await delivery.DeliverAsync(delivery.Lanes[0], CancellationToken.None));

        Assert.Equal(
            "0 0 25006",
            await ScalarAsync<string>(
                $"select concat_ws(' ', status, attempts, left(last_error, 5)) from orders.local_message where key = {order.Value}"
            )
        );
        shop.Clock.Advance(TimeSpan.FromSeconds(2));
        await _saga.SettleAsync();
        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(order)).Status);
    }

    [Fact]
    public async Task A_new_message_of_a_writer_whose_clock_is_ahead_is_delivered_at_once()
    {
        shop.Clock.Advance(TimeSpan.FromHours(1));
        var id = await WriteAsync("none", key: 11, payload: "{}");
        shop.Clock.AdjustTime(shop.Clock.GetUtcNow().AddHours(-1));

        Assert.Equal([id], await ClaimAsync("worker"));
    }

    [Fact]
    public async Task Neither_a_lease_nor_a_retry_is_waited_for_after_the_clock_was_set_back()
    {
        var held = await WriteAsync("none", key: 12, payload: "{}");
        var failed = await WriteAsync("none", key: 13, payload: "{}");
        await ClaimAsync("the one that dies");
        await _messages.PutBackAsync(
            failed,
            "the one that dies",
            shop.Clock.GetUtcNow().AddSeconds(1),
            "no",
            CancellationToken.None
        );
        Assert.Empty(await ClaimAsync("another"));

        shop.Clock.AdjustTime(shop.Clock.GetUtcNow().AddHours(-1));

        Assert.Equal([held, failed], await ClaimAsync("another"));
        Assert.Empty(await ClaimAsync("a third"));
    }

    private async Task<IReadOnlyList<long>> ClaimAsync(string worker, int limit = 100) =>
        [
            .. (
                await _messages.ClaimAsync(
                    [],
                    worker,
                    ["inventory"],
                    limit,
                    TimeSpan.FromSeconds(15),
                    CancellationToken.None
                )
            ).Select(message => message.Id),
        ];

    private async Task ConfirmAsync(long id) =>
        Assert.Empty(
            await _messages.ClaimAsync(
                done: [id],
                "one that takes no more",
                ["inventory"],
                limit: 0,
                TimeSpan.FromSeconds(15),
                CancellationToken.None
            )
        );

    private Task<IReadOnlyList<long>> ReplayAsync(ChosenMessages chosen) =>
        _desk.ReplayAsync(chosen, int.MaxValue, note: null, CancellationToken.None);

    private Task<long> WriteAsync(string topic, long key, string payload) =>
        ScalarAsync<long>(
            $"""
            insert into orders.local_message (topic, receiver, key, payload, next_attempt_at, created_at, updated_at)
            values ('{topic}', 'inventory', {key}, '{payload}', '{shop.Clock.GetUtcNow():o}', '{shop.Clock.GetUtcNow():o}', '{shop.Clock.GetUtcNow():o}')
            returning id
            """
        );

    private async Task<(short Status, DateTimeOffset NextAttemptAt, string? Error)> StateAsync(long id)
    {
        await using var command = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand(
                $"select status, next_attempt_at, last_error from orders.local_message where id = {id}"
            );
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (
            row.GetInt16(0),
            await row.GetFieldValueAsync<DateTimeOffset>(1),
            await row.IsDBNullAsync(2) ? null : row.GetString(2)
        );
    }

    private Task<long> CountAsync(long id) =>
        ScalarAsync<long>($"select count(*) from orders.local_message where id = {id}");

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
