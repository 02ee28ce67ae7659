using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Books;

/// <summary>What has gone back by a channel's book and by the shop's: at its desk, not at all, or not for good.</summary>
public sealed class RefundDifferenceTests(PaymentShop payments) : IClassFixture<PaymentShop>, IAsyncLifetime
{
    private Reconciling _books = null!;

    public async ValueTask InitializeAsync() => _books = await Reconciling.StartAsync(payments);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Money_given_back_at_the_channels_desk_is_booked_once()
    {
        var paid = await payments.PaidAsync();
        _books.Bill(0, Lines.Of(paid), Lines.Back(null, "desk-1", paid.OutNo, 400));
        _books.Days(1);

        Assert.Equal([(DifferenceKind.RefundMissingHere, "desk-1")], await _books.FoundAsync(0));
        Assert.Equal([(DifferenceKind.RefundMissingHere, "desk-1")], await _books.FoundAsync(0));

        var refund = Assert.Single(await payments.RefundsAsync(paid));
        Assert.Equal(
            (RefundReason.Foreign, RefundStatus.Succeeded, 400, "desk-1"),
            (refund.Reason, refund.Status, refund.AmountMinor, refund.Reference)
        );
        Assert.Equal(400, (await payments.PaymentAsync(paid.Id)).RefundedMinor);
        Assert.NotNull(Assert.Single(await payments.DifferencesAsync()).ResolvedAt);
    }

    [Fact]
    public async Task A_refund_at_the_desk_may_name_its_payment_by_the_channels_number_alone()
    {
        var paid = await payments.PaidAsync();
        _books.Bill(
            0,
            Lines.Of(paid),
            Lines.Back(null, "desk-2", paymentOutNo: null, 400) with
            {
                PaymentReference = paid.Reference,
            }
        );
        _books.Days(1);

        Assert.Equal([(DifferenceKind.RefundMissingHere, "desk-2")], await _books.FoundAsync(0));

        Assert.Equal(400, (await payments.PaymentAsync(paid.Id)).RefundedMinor);
    }

    [Fact]
    public async Task More_than_was_taken_cannot_have_gone_back_and_is_for_staff_to_look_at()
    {
        var paid = await payments.PaidAsync();
        _books.Bill(0, Lines.Of(paid), Lines.Back(null, "desk-3", paid.OutNo, 1001));
        _books.Days(1);

        Assert.Equal([(DifferenceKind.RefundMissingHere, "desk-3")], await _books.FoundAsync(0));

        Assert.Empty(await payments.RefundsAsync(paid));
        Assert.Null(Assert.Single(await payments.DifferencesAsync()).ResolvedAt);
    }

    [Fact]
    public async Task A_refund_that_two_bills_do_not_have_is_asked_about_once()
    {
        var paid = await payments.PaidAsync();
        var refund = await payments.RefundedAsync(paid, 300);
        payments.Channel.QueryRefund = _ => new RefundFinding.Refused("account_closed", Again: false);
        _books.Bill(0, Lines.Of(paid));
        _books.Bill(1);
        _books.Days(2);

        Assert.Empty(await _books.FoundAsync(0));
        Assert.Equal([(DifferenceKind.RefundMissingThere, refund.OutNo)], await _books.FoundAsync(1));
        await payments.SendRefundsAsync();
        await _books.RunAsync();
        await payments.SendRefundsAsync();

        Assert.Single(payments.Channel.Calls, new ChannelCall("query refund", refund.OutNo));
        Assert.Equal(0, (await payments.PaymentAsync(paid.Id)).RefundedMinor);
        Assert.Equal(
            [DifferenceKind.RefundMissingThere, DifferenceKind.RefundLost],
            (await payments.DifferencesAsync()).Select(found => found.Kind)
        );
    }

    [Fact]
    public async Task A_refund_that_needed_a_person_is_asked_about_when_the_bill_has_it()
    {
        var paid = await payments.PaidAsync();
        payments.Channel.Refund = _ => new RefundFinding.Stuck("ABNORMAL");
        var refund = await payments.RefundedAsync(paid, 300);
        Assert.Equal(RefundStatus.Stuck, refund.Status);
        _books.Bill(0, Lines.Of(paid), Lines.Of(paid, refund));
        _books.Days(1);

        Assert.Equal([(DifferenceKind.Status, refund.OutNo)], await _books.FoundAsync(0));
        await payments.SendRefundsAsync();
        await _books.RunAsync();

        Assert.Equal(RefundStatus.Succeeded, Assert.Single(await payments.RefundsAsync(paid)).Status);
        Assert.NotNull(Assert.Single(await payments.DifferencesAsync()).ResolvedAt);
    }

    [Fact]
    public async Task A_refund_whose_money_came_back_by_the_bill_is_asked_about_and_lost()
    {
        var paid = await payments.PaidAsync();
        var refund = await payments.RefundedAsync(paid, 300);
        var back = Lines.Of(paid, refund);
        _books.Bill(0, Lines.Of(paid), back);
        _books.Bill(1, back with { Minor = -300 });
        _books.Days(2);
        payments.Channel.QueryRefund = _ => new RefundFinding.Refused("lost_or_stolen_card", Again: false);
        Assert.Empty(await _books.FoundAsync(0));

        Assert.Equal([(DifferenceKind.RefundLost, refund.OutNo)], await _books.FoundAsync(1));
        await payments.SendRefundsAsync();

        Assert.Equal(RefundStatus.Failed, Assert.Single(await payments.RefundsAsync(paid)).Status);
        Assert.Equal(0, (await payments.PaymentAsync(paid.Id)).RefundedMinor);
        // Staff has to see it, once, also when the bills are read again.
        await _books.RunAsync(0);
        await _books.RunAsync(1);
        var found = Assert.Single(await payments.DifferencesAsync());
        Assert.Equal((300, 0, null), (found.HereMinor, found.ThereMinor, found.ResolvedAt));
    }

    [Fact]
    public async Task Of_one_made_at_the_desk_a_single_bill_may_tell_both()
    {
        var paid = await payments.PaidAsync();
        var back = Lines.Back(null, "desk-4", paid.OutNo, 400);
        _books.Bill(0, Lines.Of(paid), back, back with { Minor = -400 });
        _books.Days(1);
        payments.Channel.QueryRefund = refund => new RefundFinding.Refused(
            $"{refund.Reference}",
            Again: false
        );

        Assert.Equal(
            [(DifferenceKind.RefundMissingHere, "desk-4"), (DifferenceKind.RefundLost, "desk-4")],
            await _books.FoundAsync(0)
        );
        await payments.SendRefundsAsync();

        var refund = Assert.Single(await payments.RefundsAsync(paid));
        Assert.Equal((RefundStatus.Failed, "desk-4"), (refund.Status, refund.Code));
        Assert.Equal(0, (await payments.PaymentAsync(paid.Id)).RefundedMinor);
    }
}
