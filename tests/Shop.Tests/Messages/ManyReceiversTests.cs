using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Data.Telemetry;
using Shop.Jobs.Messages;
using Shop.Jobs.Scheduling;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Messages;

/// <summary>One fact, and contexts of the test that hear it: each gets it by itself.</summary>
public sealed class ManyReceiversTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Guest _kitchen = new("kitchen", shop);
    private readonly Guest _till = new("till", shop);
    private readonly Guest _post = new("post", shop) { IsOverNetwork = true };

    public async ValueTask InitializeAsync() =>
        await ExecuteAsync("delete from orders.local_message; delete from orders.inbox");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_fact_comes_to_each_of_its_receivers_and_delivered_twice_is_heard_once()
    {
        var delivery = Delivery();
        await TellAsync(pot: 1);

        Assert.Equal(2, await delivery.DeliverAsync(delivery.Lanes[0], default));
        Assert.Equal(1, await delivery.DeliverAsync(delivery.Lanes[1], default));
        await ExecuteAsync("update orders.local_message set status = 0");
        Assert.Equal(2, await delivery.DeliverAsync(delivery.Lanes[0], default));
        Assert.Equal(1, await delivery.DeliverAsync(delivery.Lanes[1], default));

        Assert.All([_kitchen, _till, _post], guest => Assert.Equal([1], guest.Heard));
        Assert.All([_kitchen, _till, _post], guest => Assert.Equal(2, guest.Deliveries));
    }

    [Fact]
    public async Task A_fact_that_no_context_hears_writes_no_row_and_a_request_to_none_is_refused()
    {
        var messages = new MessageRows(new([]), shop.Clock.GetUtcNow());
        messages.Add(new TeaBrewed(1), traceParent: null);
        await WriteAsync(messages);

        Assert.Equal(0, await CountAsync("true"));
        Assert.Throws<InvalidOperationException>(() => messages.Add(new TeaWanted(1), traceParent: null));
    }

    [Fact]
    public async Task A_dead_letter_of_one_receiver_and_one_that_takes_ten_seconds_delay_no_other_receiver_of_the_same_key()
    {
        var delivery = Delivery(new() { MaxAttempts = 1 });
        _kitchen.Before = _ => throw new InvalidOperationException("The kitchen burns.");
        var asked = new TaskCompletionSource();
        _post.Before = async cancel =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        };
        await TellAsync(pot: 1);
        await TellAsync(pot: 1);

        var posting = delivery.DeliverAsync(delivery.Lanes[1], default);
        await asked.Task;
        await delivery.DeliverAsync(delivery.Lanes[0], default);

        Assert.Equal([1, 1], _till.Heard);
        Assert.False(posting.IsCompleted);
        Assert.Equal(1, await CountAsync("receiver = 'kitchen' and status = -1"));
        Assert.Equal(1, await CountAsync("receiver = 'kitchen' and status = 0"));

        shop.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await posting);
        Assert.Equal(1, await CountAsync("receiver = 'post' and status = -1"));
    }

    [Fact]
    public async Task A_receiver_over_the_network_that_takes_too_long_has_failed_once_and_gets_the_message_again()
    {
        var delivery = Delivery();
        var asked = new TaskCompletionSource();
        // Does not even hear that it is to stop.
        _post.Before = _ =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        await TellAsync(pot: 1);

        var posting = delivery.DeliverAsync(delivery.Lanes[1], default);
        await asked.Task;
        shop.Clock.Advance(TimeSpan.FromSeconds(10));
        await posting;

        Assert.Equal(
            1,
            await CountAsync("receiver = 'post' and status = 0 and attempts = 1 and last_error like 'post%'")
        );
        Assert.Equal(0, await delivery.DeliverAsync(delivery.Lanes[1], default));
        _post.Before = _ => Task.CompletedTask;
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await delivery.DeliverAsync(delivery.Lanes[1], default));
        Assert.Equal([1], _post.Heard);
    }

    [Fact]
    public async Task Each_receiver_hears_what_is_told_of_a_key_in_the_order_it_was_told()
    {
        var delivery = Delivery();
        _kitchen.Before = _ => throw new InvalidOperationException("The kitchen is closed.");
        await TellAsync(pot: 1, cup: 1);
        await TellAsync(pot: 1, cup: 2);
        await TellAsync(pot: 2, cup: 3);

        await delivery.DeliverAsync(delivery.Lanes[0], default);
        Assert.Equal([1, 3, 2], _till.Cups);

        _kitchen.Before = _ => Task.CompletedTask;
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await delivery.DeliverAsync(delivery.Lanes[0], default);
        Assert.Equal([1, 3, 2], _kitchen.Cups);
    }

    public static TheoryData<Exception> Faults =>
        [
            new OperationCanceledException("It gave up by itself."),
            new TimeoutException(),
            new NpgsqlException("slow", new TimeoutException()),
            new InvalidOperationException("It quotes \0 and half a pair, \ud800."),
            new InvalidOperationException(new string('a', 1999) + "\U0001F375 is cut in two"),
        ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_a_receiver_fails_with_only_the_message_at_fault_is_put_back(Exception fault)
    {
        var delivery = Delivery();
        _kitchen.ChokesOn = (2, fault);
        await TellAsync(pot: 1);
        await TellAsync(pot: 2);
        await TellAsync(pot: 3);

        await delivery.DeliverAsync(delivery.Lanes[0], default);

        Assert.Equal([1, 3], _kitchen.Heard);
        Assert.Equal([1, 2, 3], _till.Heard);
        Assert.Equal(1, await CountAsync("status = 0 and receiver = 'kitchen' and last_error is not null"));
    }

    [Fact]
    public async Task Dead_letters_are_counted_listed_and_tried_again_for_each_receiver()
    {
        var delivery = Delivery(new() { MaxAttempts = 1 });
        var desk = shop.Services.GetServices<MessageDesk>().Single(desk => desk.Sender == "orders");
        _kitchen.Before = _post.Before = _ => throw new InvalidOperationException("no");
        await TellAsync(pot: 1);
        await delivery.DeliverAsync(delivery.Lanes[0], default);
        await delivery.DeliverAsync(delivery.Lanes[1], default);

        Assert.Equal(
            [("kitchen", 1L), ("post", 1L)],
            (await desk.BacklogAsync(default)).Select(backlog => (backlog.Receiver, backlog.Dead))
        );
        var dead = Assert.Single(await desk.DeadAsync("post", before: null, limit: 10, default));
        Assert.Equal([dead.Id], await desk.ReplayAsync(new(Receiver: "post"), 10, note: null, default));

        _post.Before = _ => Task.CompletedTask;
        Assert.Equal(0, await delivery.DeliverAsync(delivery.Lanes[0], default));
        Assert.Equal(1, await delivery.DeliverAsync(delivery.Lanes[1], default));
        Assert.Equal([1], _post.Heard);
        Assert.Empty(_kitchen.Heard);
    }

    [Fact]
    public void A_receiver_over_the_network_has_a_lane_of_its_own_where_it_may_hear_something()
    {
        var contexts = new[] { _kitchen.Jobs, _till.Jobs, _post.Jobs };

        Assert.Equal(
            [
                "deliver-messages-of-orders to kitchen, till",
                "deliver-messages-of-orders-to-post to post",
                "deliver-messages-of-inventory to ",
            ],
            DeliveryLane
                .Of("orders", contexts)
                .Concat(DeliveryLane.Of("inventory", contexts))
                .Select(lane => $"{lane.Job.Name} to {string.Join(", ", lane.Receivers)}")
        );
    }

    private MessageDelivery<OrdersDb> Delivery(MessageOptions? options = null) =>
        new(
            shop.Get<LocalMessages<OrdersDb>>(),
            new(shop.Services, [_kitchen.Jobs, _till.Jobs, _post.Jobs]),
            shop.Get<ShopMeter>(),
            Options.Create(options ?? new()),
            shop.Clock,
            NullLogger<MessageDelivery<OrdersDb>>.Instance
        );

    private Task TellAsync(long pot, int cup = 0)
    {
        var receivers = new Receivers([
            (TeaBrewed.Topic, "kitchen"),
            (TeaBrewed.Topic, "till"),
            (TeaBrewed.Topic, "post"),
        ]);
        var messages = new MessageRows(receivers, shop.Clock.GetUtcNow());
        messages.Add(new TeaBrewed(pot, cup), traceParent: null);
        return WriteAsync(messages);
    }

    private async Task WriteAsync(MessageRows messages)
    {
        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await connection.ExecuteAsync([Sql.Batched($"{messages.Insert("orders")}")], default);
    }

    private async Task<long> CountAsync(string where)
    {
        await using var command = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand($"select count(*) from orders.local_message where {where}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record TeaBrewed(long Pot, int Cup = 0) : IFact
    {
        public static string Topic => "orders.tea_brewed";

        public long Key => Pot;
    }

    private sealed record TeaWanted(long Pot) : IRequest
    {
        public static string Topic => "orders.brew_tea";

        public long Key => Pot;
    }

    /// <summary>A context that hears of tea, and remembers what was new to it.</summary>
    private sealed class Guest(string name, ShopFixture shop)
    {
        public bool IsOverNetwork { private get; init; }

        public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

        /// <summary>A pot that it can't take, and what it fails with.</summary>
        public (long Pot, Exception Fault)? ChokesOn { get; set; }

        public int Deliveries { get; private set; }

        public List<long> Heard { get; } = [];

        public List<int> Cups { get; } = [];

        public ContextJobs Jobs
        {
            get
            {
                // The verb is the guest itself; of the shop's services it wants none.
                var jobs = new ContextJobs(name).Hears<TeaBrewed, TimeProvider>(
                    (_, told, cancel) => HearAsync(told, cancel)
                );
                return IsOverNetwork ? jobs.OverNetwork() : jobs;
            }
        }

        private async Task HearAsync(IReadOnlyList<Delivered<TeaBrewed>> told, CancellationToken cancel)
        {
            await Before(cancel);
            if (ChokesOn is var (pot, fault) && told.Any(tea => tea.Body.Pot == pot))
            {
                throw fault;
            }

            await using var connection = await shop.Get<Database<OrdersDb>>()
                .Primary.OpenConnectionAsync(cancel);
            await using var round = connection.CreateBatch([
                new Inbox("orders", shop.Clock.GetUtcNow()).Take(told),
            ]);
            await using var rows = await round.ExecuteReaderAsync(cancel);
            var fresh = await Inbox.FreshAsync(rows, told, cancel);
            Deliveries += told.Count;
            Heard.AddRange(fresh.Select(tea => tea.Body.Pot));
            Cups.AddRange(fresh.Select(tea => tea.Body.Cup));
        }
    }
}
