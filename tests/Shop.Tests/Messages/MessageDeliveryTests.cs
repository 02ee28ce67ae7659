using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Messages;

public sealed class MessageDeliveryTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Saga _saga = new(shop);
    private readonly LocalMessages<OrdersDb> _messages = shop.Get<LocalMessages<OrdersDb>>();
    private readonly MessageDesk<OrdersDb> _desk = shop.Get<MessageDesk<OrdersDb>>();

    public async Task InitializeAsync()
    {
        await using var command = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand("delete from orders.local_message");
        await command.ExecuteNonQueryAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

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
        await _messages.ConfirmAsync([first], CancellationToken.None);
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

        var dead = Assert.Single(await _desk.DeadAsync(limit: 10, CancellationToken.None));
        Assert.Equal((id, "none", "out of tea"), (dead.Id, dead.Topic, dead.Reason));
        Assert.Empty(await ClaimAsync("worker"));
        Assert.Equal(0, await _desk.ReplayAsync([id + 1], CancellationToken.None));
        Assert.Equal(1, await _desk.ReplayAsync(ids: null, CancellationToken.None));
        Assert.Equal([id], await ClaimAsync("worker"));
    }

    [Fact]
    public async Task Confirmed_messages_go_when_their_time_is_over_and_open_ones_stay()
    {
        var done = await WriteAsync("none", key: 5, payload: "{}");
        await _messages.ConfirmAsync([done], CancellationToken.None);
        shop.Clock.Advance(TimeSpan.FromDays(8));
        var open = await WriteAsync("none", key: 6, payload: "{}");

        await _messages.RemoveDoneAsync(
            shop.Clock.GetUtcNow().AddDays(-7),
            limit: 1000,
            CancellationToken.None
        );

        Assert.Equal(0, await CountAsync(done));
        Assert.Equal(1, await CountAsync(open));
    }

    private async Task<IReadOnlyList<long>> ClaimAsync(string worker) =>
        [
            .. (
                await _messages.ClaimAsync(
                    worker,
                    limit: 100,
                    TimeSpan.FromSeconds(15),
                    CancellationToken.None
                )
            ).Select(message => message.Id),
        ];

    private Task<long> WriteAsync(string topic, long key, string payload) =>
        ScalarAsync<long>(
            $"""
            insert into orders.local_message (topic, key, payload, next_attempt_at, created_at, updated_at)
            values ('{topic}', {key}, '{payload}', '{shop.Clock.GetUtcNow():o}', '{shop.Clock.GetUtcNow():o}', '{shop.Clock.GetUtcNow():o}')
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

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
