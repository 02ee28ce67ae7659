using Shop.Jobs.Verification;
using Shop.Tests.Orders;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Verification;

/// <summary>Each of these cooks the books of payments in one way.</summary>
public sealed class PaymentConsistencyTests(PaymentShop payments) : IClassFixture<PaymentShop>, IAsyncLifetime
{
    private readonly Saga _saga = new(payments.Shop);

    public async ValueTask InitializeAsync()
    {
        await payments.ExecuteAsync(
            """
            truncate orders."order", orders.order_line, orders.order_event, orders.local_message,
                inventory.local_message, inventory.stock, inventory.stock_movement,
                payments.due, payments.payment, payments.refund, payments.notice, payments.local_message cascade
            """
        );
        payments.Channel.Reset();
        var pot = await _saga.StockedAsync(units: 10);
        // One that is paid and partly given back, one that is cancelled with its try to pay, one that awaits payment.
        var paid = await _saga.PlacedAsync(Saga.Request((pot, 2)));
        var regret = Saga.Request((pot, 1));
        var cancelled = await _saga.PlacedAsync(regret);
        await _saga.PlacedAsync(Saga.Request((pot, 1)));
        await _saga.SettleAsync();
        await payments.RefundedAsync(await payments.PaidAsync(payments.Order(500, paid)), 200);
        await payments.BegunAsync(payments.Order(250, cancelled));
        await _saga.CancelAsync(regret, cancelled);
        await _saga.SettleAsync();
        await payments.ExecuteAsync("truncate payments.local_message");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_books_of_a_sound_shop_balance()
    {
        var report = await VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(3, report.Orders);
    }

    [Theory]
    [InlineData(
        "update payments.due set settled_by = null, paid_minor = 0, refunded_minor = 0 where settled_by is not null",
        "Paid, and no payment has settled it"
    )]
    [InlineData(
        "delete from payments.due where settled_by is not null",
        "Paid, and no payment has settled it"
    )]
    [InlineData(
        "update payments.due set paid_minor = 499, amount_minor = 499 where settled_by is not null",
        "it costs 500 GBP, and 499 GBP has settled it"
    )]
    [InlineData(
        "update payments.due set paid_minor = 499 where settled_by is not null",
        "its due says 499 paid"
    )]
    [InlineData("update payments.due set refunded_minor = 100 where settled_by is not null", "100 back")]
    [InlineData(
        "update payments.due set settled_by = 1 where settled_by is not null",
        "its due says 500 paid and 200 back, the payment that settled it 0 and 0"
    )]
    [InlineData(
        "update payments.payment set order_id = order_id + 1 where status = 7",
        "the payment that settled it 0 and 0"
    )]
    [InlineData(
        "update payments.payment set refunding_minor = 1 where status = 7",
        "it says 200 back and 1 on its way of 500, its refunds 200 and 0"
    )]
    [InlineData("update payments.refund set amount_minor = 199", "its refunds 199 and 0")]
    [InlineData("update payments.refund set status = 1", "its refunds 0 and 200")]
    [InlineData(
        "alter table payments.payment drop constraint if exists ck_payment_refunds; update payments.payment set captured_minor = 100 where status = 7",
        "of 100, its refunds 200 and 0"
    )]
    [InlineData(
        "update orders.\"order\" set status = 6 where status = 2",
        "Cancelled, and yet a payment has settled it"
    )]
    [InlineData(
        "update orders.\"order\" set status = 1 where status = 2",
        "AwaitingPayment, and yet a payment has settled it"
    )]
    [InlineData(
        "insert into payments.due select 1, currency, amount_minor, 0, 0, null, closes_at, null, 0 from payments.due limit 1",
        "Order 1: a due that no order has"
    )]
    [InlineData(
        "insert into payments.due select 9000000000000000000, currency, amount_minor, 0, 0, null, closes_at, null, 0 from payments.due limit 1",
        "a due that no order has"
    )]
    [InlineData(
        "update payments.due set closed_at = '2020-01-01' where settled_by is null",
        "still open, and its order"
    )]
    [InlineData(
        "update payments.payment set status = 2, updated_at = '2020-01-01' where status = 1",
        "whether its channel has it is not known"
    )]
    [InlineData(
        "update payments.refund set status = 2, requested_at = '2020-01-01'; update payments.payment set refunded_minor = 0, refunding_minor = 200 where status = 7; update payments.due set refunded_minor = 0",
        "whether its channel has it is not known"
    )]
    [InlineData(
        "insert into payments.notice (channel, account, notice_key, body, outcome, received_at) values (4, 'main', 'evt_1', '', 4, '2020-01-01')",
        "Notice evt_1 of account main"
    )]
    public async Task Cooked_books_are_found_out(string sql, string finding)
    {
        await payments.ExecuteAsync(sql);

        var report = await VerifyAsync();

        Assert.Contains(report.Findings, text => text.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_may_still_come_to_its_end_is_left_alone()
    {
        await payments.ExecuteAsync(
            $"""
            update payments.due set closed_at = '{payments.Shop.Clock.GetUtcNow():O}' where settled_by is null;
            insert into payments.notice (channel, account, notice_key, body, outcome, received_at)
            values (4, 'main', 'evt_1', '', 4, '{payments.Shop.Clock.GetUtcNow():O}')
            """
        );

        Assert.Empty((await VerifyAsync()).Findings);
    }

    [Fact]
    public async Task Money_of_an_order_that_is_off_balances_where_it_goes_back()
    {
        await payments.ExecuteAsync(
            """
            update orders."order" set status = 6 where status = 2;
            update payments.payment set refunding_minor = 300 where status = 7
            """
        );

        var findings = (await VerifyAsync()).Findings;

        Assert.DoesNotContain(findings, text => text.Contains("settled it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_that_costs_nothing_is_paid_without_a_payment()
    {
        await payments.ExecuteAsync(
            """
            delete from payments.due where settled_by is not null;
            update orders."order" set subtotal_minor = 0 where status = 2
            """
        );

        var findings = (await VerifyAsync()).Findings;

        Assert.DoesNotContain(findings, text => text.Contains("settled it", StringComparison.Ordinal));
    }

    private Task<ConsistencyReport> VerifyAsync() =>
        payments.Shop.Get<VerifyConsistency>().RunAsync(patience: TimeSpan.Zero, CancellationToken.None);
}
