using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Books;

/// <summary>Each way in which a channel's book can differ from the shop's, and what comes of it by itself.</summary>
public sealed class DifferenceTests(PaymentShop payments) : IClassFixture<PaymentShop>, IAsyncLifetime
{
    private Reconciling _books = null!;

    public async ValueTask InitializeAsync() => _books = await Reconciling.StartAsync(payments);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Money_of_which_nobody_has_told_is_asked_about_and_the_books_agree_again()
    {
        var payment = await payments.BegunAsync();
        payments.Channel.Pay(payment);
        _books.Bill(0, Lines.Of(payment));
        _books.Days(1);
        // As if the job had looked just before the customer paid.
        await payments.ExecuteAsync("update payments.payment set next_check_at = null");

        Assert.Equal([(DifferenceKind.MissingHere, payment.OutNo)], await _books.FoundAsync(0));
        var found = Assert.Single(await payments.DifferencesAsync());
        Assert.Equal((null, 1000, payment.Id), (found.HereMinor, found.ThereMinor, found.PaymentId));
        await payments.CheckPaymentsAsync();

        Assert.Equal(PaymentReason.Late, (await payments.PaymentAsync(payment.Id)).Reason);
        Assert.Equal([(DifferenceKind.MissingHere, payment.OutNo)], await _books.FoundAsync(0));
        Assert.NotNull((await payments.DifferencesAsync())[0].ResolvedAt);
    }

    [Fact]
    public async Task Money_that_came_for_a_payment_which_had_ended_goes_back()
    {
        var payment = await payments.BegunAsync();
        await payments
            .Shop.Get<EndPayment>()
            .RunAsync(
                payment.Id,
                PaymentReason.Shopper,
                TimeSpan.FromMinutes(1),
                [],
                staff: null,
                CancellationToken.None
            );
        payments.Channel.Pay(payment);
        _books.Bill(0, Lines.Of(payment));
        _books.Days(1);
        await payments.ExecuteAsync("update payments.payment set next_check_at = null");

        Assert.Equal([(DifferenceKind.Status, payment.OutNo)], await _books.FoundAsync(0));
        await payments.CheckPaymentsAsync();
        await payments.SendRefundsAsync();

        Assert.Equal(PaymentStatus.Refunded, (await payments.PaymentAsync(payment.Id)).Status);
        await _books.RunAsync();
        Assert.NotNull(Assert.Single(await payments.DifferencesAsync()).ResolvedAt);
    }

    [Fact]
    public async Task Another_amount_is_for_staff_to_look_at()
    {
        var paid = await payments.PaidAsync();
        _books.Bill(0, Lines.Paid(paid.OutNo, 900));
        _books.Days(1);

        Assert.Equal([(DifferenceKind.Amount, paid.OutNo)], await _books.FoundAsync(0));

        var found = Assert.Single(await payments.DifferencesAsync());
        Assert.Equal(
            (1000, 900, "GBP", null),
            (found.HereMinor, found.ThereMinor, found.Currency, found.ResolvedAt)
        );
    }

    [Fact]
    public async Task A_number_with_the_mark_that_was_never_given_is_an_orphan_and_others_are_none_of_the_shops()
    {
        _books.Bill(
            0,
            Lines.Paid("S123", 500),
            Lines.Paid("X123", 500),
            Lines.Paid("S12a", 500),
            Lines.Back("SR456", "back-1", null, 100),
            Lines.Back(null, "back-2", "S789", 100),
            Lines.Back(null, "back-3", "X789", 100)
        );
        _books.Days(1);

        Assert.Equal(
            [
                (DifferenceKind.Orphan, "S123"),
                (DifferenceKind.Orphan, "back-1"),
                (DifferenceKind.Orphan, "back-2"),
            ],
            await _books.FoundAsync(0)
        );
    }

    [Fact]
    public async Task An_order_that_was_paid_twice_gets_one_of_both_back()
    {
        var order = payments.Order();
        var first = await payments.BegunAsync(order);
        await payments
            .Shop.Get<EndPayment>()
            .RunAsync(
                first.Id,
                PaymentReason.Shopper,
                TimeSpan.FromMinutes(1),
                [],
                staff: null,
                CancellationToken.None
            );
        var second = await payments.PaidAsync(order);
        payments.Channel.Pay(first);
        _books.Bill(0, Lines.Of(first), Lines.Of(second));
        _books.Days(1);

        Assert.Equal([(DifferenceKind.Duplicate, first.OutNo)], await _books.FoundAsync(0));
        await payments.CheckPaymentsAsync();
        await payments.SendRefundsAsync();

        var surplus = await payments.PaymentAsync(first.Id);
        Assert.Equal((PaymentStatus.Refunded, PaymentReason.Surplus), (surplus.Status, surplus.Reason));
        Assert.Equal(PaymentStatus.Captured, (await payments.PaymentAsync(second.Id)).Status);
        await _books.RunAsync();
        Assert.NotNull(Assert.Single(await payments.DifferencesAsync()).ResolvedAt);
    }

    [Fact]
    public async Task A_number_that_was_paid_twice_is_for_staff_to_look_at()
    {
        var paid = await payments.PaidAsync();
        _books.Bill(0, Lines.Of(paid), Lines.Paid(paid.OutNo, 1000, reference: "another"));
        _books.Days(1);

        Assert.Equal([(DifferenceKind.Duplicate, paid.OutNo)], await _books.FoundAsync(0));

        var found = Assert.Single(await payments.DifferencesAsync());
        Assert.Equal((1000, 2000, null), (found.HereMinor, found.ThereMinor, found.ResolvedAt));
    }

    [Fact]
    public async Task A_payment_is_missed_when_two_bills_do_not_have_it_and_its_channel_is_asked()
    {
        var paid = await payments.PaidAsync();
        _books.Bill(0);
        _books.Bill(1);
        _books.Days(2);

        Assert.Empty(await _books.FoundAsync(0));
        Assert.Equal([(DifferenceKind.MissingThere, paid.OutNo)], await _books.FoundAsync(1));

        var found = Assert.Single(await payments.DifferencesAsync());
        Assert.Equal((1000, null, paid.Id), (found.HereMinor, found.ThereMinor, found.PaymentId));
        Assert.Equal("Asked, the channel says that it was paid.", found.Text);
        Assert.Equal(PaymentStatus.Captured, (await payments.PaymentAsync(paid.Id)).Status);
    }

    [Fact]
    public async Task It_is_missed_whichever_of_the_two_bills_was_read_first()
    {
        var paid = await payments.PaidAsync();
        payments.Channel.Query = _ => new Finding.NotFound();
        _books.Bill(0);
        _books.Bill(1);
        _books.Days(2);

        Assert.Empty(await _books.FoundAsync(1));
        Assert.Equal([(DifferenceKind.MissingThere, paid.OutNo)], await _books.FoundAsync(0));

        var found = Assert.Single(await payments.DifferencesAsync());
        Assert.Equal("Asked, the channel knows of no such payment.", found.Text);
    }

    [Fact]
    public async Task A_payment_on_the_bill_of_the_next_day_is_not_missed()
    {
        _books.MoveTo(_books.Day(0), new(23, 20));
        var paid = await payments.PaidAsync();
        var refund = await payments.RefundedAsync(paid, 300);
        _books.Bill(0);
        _books.Bill(1, Lines.Of(paid), Lines.Of(paid, refund));
        _books.Bill(2);
        _books.Days(3);

        Assert.Equal(3, await _books.RunAsync());

        Assert.Empty(await payments.DifferencesAsync());
    }

    [Fact]
    public async Task The_same_bill_again_gives_the_same_list()
    {
        var (paid, refunded, missing) = (
            await payments.PaidAsync(),
            await payments.PaidAsync(),
            await payments.PaidAsync()
        );
        var refund = await payments.RefundedAsync(refunded, 300);
        _books.Bill(
            0,
            Lines.Paid(paid.OutNo, 1),
            Lines.Of(refunded),
            Lines.Back(refund.OutNo, "ref", refunded.OutNo, 299),
            Lines.Paid("S1", 5)
        );
        _books.Bill(1);
        _books.Days(2);
        Assert.Equal(2, await _books.RunAsync());
        var first = await payments.DifferencesAsync();

        await _books.RunAsync(0);
        await _books.RunAsync(1);

        Assert.Equal(
            [
                (DifferenceKind.MissingThere, missing.OutNo),
                (DifferenceKind.Amount, paid.OutNo),
                (DifferenceKind.Amount, refund.OutNo),
                (DifferenceKind.Orphan, "S1"),
            ],
            first.Select(found => (found.Kind, found.Subject))
        );
        Assert.Equivalent(first, await payments.DifferencesAsync(), strict: true);
    }
}
