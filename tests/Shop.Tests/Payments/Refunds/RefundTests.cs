using Shop.Data.Kernel;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Refunds;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Refunds;

/// <summary>Money on its way back: never more than was taken, and each number once.</summary>
public sealed class RefundTests(PaymentShop shop) : IClassFixture<PaymentShop>, IDisposable
{
    public void Dispose() => shop.Channel.Reset();

    [Fact]
    public async Task Twenty_at_once_share_what_there_is()
    {
        var payment = await shop.PaidAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RefundAsync(payment, 300)));

        Assert.Equal(3, results.OfType<PaymentChangeResult.Done>().Count());
        Assert.All(
            results.OfType<PaymentChangeResult.TooMuch>(),
            refusal => Assert.True(refusal.LeftMinor < 300)
        );
        await shop.SendRefundsAsync();
        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal((900, 0, 100), (payment.RefundedMinor, payment.RefundingMinor, payment.RefundableMinor));
    }

    [Fact]
    public async Task The_same_key_gives_back_once()
    {
        var (payment, key) = (await shop.PaidAsync(), Guid.CreateVersion7());
        var actor = shop.Shop.Get<NewId>().Next<CustomerId>();

        var first = await RefundAsync(payment, 100, key, actor);
        var second = await RefundAsync(payment, 100, key, actor);
        var other = await RefundAsync(payment, 200, key, actor);

        Assert.False(Assert.IsType<PaymentChangeResult.Done>(first).Replayed);
        Assert.True(Assert.IsType<PaymentChangeResult.Done>(second).Replayed);
        Assert.IsType<PaymentChangeResult.KeyConflict>(other);
        Assert.Single(await shop.RefundsAsync(payment));
    }

    [Fact]
    public async Task Three_parts_to_the_cent_are_three_refunds_and_the_last_tells_that_nothing_is_left()
    {
        var payment = await shop.PaidAsync();

        foreach (var part in new[] { 333, 333, 334 })
        {
            await shop.RefundedAsync(payment, part);
        }

        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal(PaymentStatus.Refunded, payment.Status);
        Assert.Equal(3, (await shop.RefundsAsync(payment)).Count);
        Assert.Equal(
            ["payments.order_paid", .. Enumerable.Repeat("payments.order_refunded", 3)],
            await shop.ToldAsync(payment.OrderId)
        );
        Assert.Equal(1000, (await shop.DueAsync(payment.OrderId)).RefundedMinor);
    }

    [Fact]
    public async Task One_without_an_answer_is_asked_about_before_it_is_sent_again()
    {
        var payment = await shop.PaidAsync();
        shop.Channel.Refund = _ => new RefundFinding.Unknown("silence");
        shop.Channel.QueryRefund = refund => new RefundFinding.Done("R-7");

        await shop.RefundedAsync(payment, 1000);
        Assert.Equal(RefundStatus.Uncertain, (await shop.RefundsAsync(payment))[0].Status);
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.SendRefundsAsync();

        var refund = Assert.Single(await shop.RefundsAsync(payment));
        Assert.Equal((RefundStatus.Succeeded, "R-7"), (refund.Status, refund.Reference));
        Assert.Single(shop.Channel.Calls, call => call == new ChannelCall("refund", refund.OutNo));
    }

    [Fact]
    public async Task One_that_never_arrived_is_sent_again_with_the_same_number()
    {
        var payment = await shop.PaidAsync();
        shop.Channel.Refund = _ => new RefundFinding.Unknown("cut before the effect");
        shop.Channel.QueryRefund = _ => new RefundFinding.NotFound();
        await shop.RefundedAsync(payment, 1000);

        shop.Channel.Refund = _ => new RefundFinding.Done("R-8");
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.SendRefundsAsync();

        var refund = Assert.Single(await shop.RefundsAsync(payment));
        Assert.Equal(RefundStatus.Succeeded, refund.Status);
        Assert.Equal(2, shop.Channel.Calls.Count(call => call == new ChannelCall("refund", refund.OutNo)));
    }

    [Fact]
    public async Task What_is_refused_for_good_frees_the_money_and_staff_may_try_anew()
    {
        var payment = await shop.PaidAsync();
        shop.Channel.Refund = _ => new RefundFinding.Refused("CLOSED", Again: false);
        await shop.RefundedAsync(payment, 400);
        var failed = Assert.Single(await shop.RefundsAsync(payment));
        Assert.Equal((RefundStatus.Failed, "CLOSED"), (failed.Status, failed.Code));
        Assert.Equal(1000, (await shop.PaymentAsync(payment.Id)).RefundableMinor);

        shop.Channel.Reset();
        var result = await shop
            .Shop.Get<RetryRefund>()
            .RunAsync(
                Guid.CreateVersion7(),
                failed.Id,
                shop.Shop.Get<NewId>().Next<CustomerId>(),
                CancellationToken.None
            );
        await shop.SendRefundsAsync();

        Assert.IsType<PaymentChangeResult.Done>(result);
        Assert.Equal(
            [RefundStatus.Failed, RefundStatus.Succeeded],
            (await shop.RefundsAsync(payment)).Select(refund => refund.Status)
        );
        Assert.Equal(400, (await shop.PaymentAsync(payment.Id)).RefundedMinor);
        Assert.Equal(
            1,
            await shop.CountAsync(
                $"payments.audit_entry where action = 'refundRetry' and subject_id = {payment.Id.Value}"
            )
        );
    }

    [Fact]
    public async Task What_is_refused_for_now_goes_again_with_the_same_number()
    {
        var payment = await shop.PaidAsync();
        shop.Channel.Refund = _ => new RefundFinding.Refused("NOT_ENOUGH", Again: true);
        await shop.RefundedAsync(payment, 400);

        shop.Channel.Reset();
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.SendRefundsAsync();

        Assert.Equal(RefundStatus.Succeeded, Assert.Single(await shop.RefundsAsync(payment)).Status);
    }

    [Fact]
    public async Task What_the_channel_can_not_end_keeps_the_money_aside_and_needs_a_person()
    {
        var payment = await shop.PaidAsync();
        shop.Channel.Refund = _ => new RefundFinding.Stuck("ABNORMAL");

        await shop.RefundedAsync(payment, 400);

        Assert.Equal(RefundStatus.Stuck, Assert.Single(await shop.RefundsAsync(payment)).Status);
        Assert.Equal(600, (await shop.PaymentAsync(payment.Id)).RefundableMinor);
        Assert.Contains("payments.refund_failed", await shop.ToldAsync(payment.OrderId));
    }

    [Fact]
    public async Task One_that_comes_back_after_it_was_done_is_lost_and_told_to_staff()
    {
        var payment = await shop.PaidAsync();
        var refund = await shop.RefundedAsync(payment, 400);

        await shop.NoticeAsync(
            new NoticeReading.OfRefund(
                "RL",
                payment.OutNo,
                refund.OutNo,
                400,
                new RefundFinding.Refused("lost_or_stolen_card", Again: false)
            )
        );

        Assert.Equal(RefundStatus.Failed, Assert.Single(await shop.RefundsAsync(payment)).Status);
        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal((PaymentStatus.Captured, 0), (payment.Status, payment.RefundedMinor));
        Assert.Contains(
            await shop.DifferencesAsync(),
            found => found is { Kind: DifferenceKind.RefundLost } && found.PaymentId == payment.Id
        );
    }

    [Fact]
    public async Task One_made_at_the_channels_own_desk_counts_once()
    {
        var payment = await shop.PaidAsync();
        NoticeReading.OfRefund Notice(string key) =>
            new(key, payment.OutNo, OutNo: null, 250, new RefundFinding.Done("DESK-1"));

        await shop.NoticeAsync(Notice("F1"));
        await shop.NoticeAsync(Notice("F2"));

        var refund = Assert.Single(await shop.RefundsAsync(payment));
        Assert.Equal(
            (RefundReason.Foreign, RefundStatus.Succeeded, 250),
            (refund.Reason, refund.Status, refund.AmountMinor)
        );
        Assert.Equal(250, (await shop.PaymentAsync(payment.Id)).RefundedMinor);
    }

    [Fact]
    public async Task One_made_there_that_fails_days_later_counts_no_more()
    {
        var payment = await shop.PaidAsync();
        NoticeReading.OfRefund Notice(string key, RefundFinding finding) =>
            new(key, payment.OutNo, OutNo: null, 250, finding, Reference: "DESK-2");
        await shop.NoticeAsync(Notice("G1", new RefundFinding.Done("DESK-2")));

        await shop.NoticeAsync(Notice("G2", new RefundFinding.Refused("lost_or_stolen_card", Again: false)));

        Assert.Equal(RefundStatus.Failed, Assert.Single(await shop.RefundsAsync(payment)).Status);
        Assert.Equal(0, (await shop.PaymentAsync(payment.Id)).RefundedMinor);
        Assert.Equal(0, (await shop.DueAsync(payment.OrderId)).RefundedMinor);
        Assert.Contains(
            await shop.DifferencesAsync(),
            found => found is { Kind: DifferenceKind.RefundLost, Subject: "DESK-2" }
        );
    }

    [Fact]
    public async Task A_payment_has_fifty_refunds_and_a_year_for_them()
    {
        var (many, old) = (await shop.PaidAsync(), await shop.PaidAsync());
        for (var count = 0; count < Payment.MaxRefunds; count++)
        {
            Assert.IsType<PaymentChangeResult.Done>(await RefundAsync(many, 1));
        }

        Assert.IsType<PaymentChangeResult.NotAllowedNow>(await RefundAsync(many, 1));
        Assert.Equal(50, (await shop.RefundsAsync(many)).Count);
        shop.Shop.Clock.Advance(TimeSpan.FromDays(366));
        Assert.IsType<PaymentChangeResult.NotAllowedNow>(await RefundAsync(old, 1));
    }

    [Fact]
    public async Task Those_of_one_payment_leave_the_time_between_them_that_the_channel_wants()
    {
        shop.Channel.Traits = shop.Channel.Traits with { RefundSpacing = TimeSpan.FromMinutes(1) };
        var payment = await shop.PaidAsync();
        await RefundAsync(payment, 100);
        await RefundAsync(payment, 100);

        await shop.SendRefundsAsync();
        Assert.Equal(100, (await shop.PaymentAsync(payment.Id)).RefundedMinor);

        shop.Shop.Clock.Advance(TimeSpan.FromSeconds(61));
        await shop.SendRefundsAsync();
        Assert.Equal(200, (await shop.PaymentAsync(payment.Id)).RefundedMinor);
    }

    private Task<PaymentChangeResult> RefundAsync(
        Payment payment,
        long minor,
        Guid? key = null,
        CustomerId? actor = null
    ) =>
        shop
            .Shop.Get<RefundPayment>()
            .RunAsync(
                new(
                    key ?? Guid.CreateVersion7(),
                    payment.Id,
                    minor,
                    RefundReason.Requested,
                    Note: null,
                    GoodsBack: false,
                    IfVersion: null,
                    actor ?? shop.Shop.Get<NewId>().Next<CustomerId>()
                ),
                CancellationToken.None
            );
}
