using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Findings;

/// <summary>What channels send by themselves: signature first, one effect, and success only after the commit.</summary>
public sealed class NoticeTests(PaymentShop shop) : IClassFixture<PaymentShop>, IDisposable
{
    public void Dispose() => shop.Channel.Reset();

    [Fact]
    public async Task A_notice_of_success_settles_the_order_once_however_often_it_comes()
    {
        var payment = await shop.BegunAsync();
        var notice = Paid("N1", shop.Channel.Pay(payment));

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => shop.NoticeAsync(notice)));
        shop.Shop.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal([200, 200, 200, 200], answers.Append(await shop.NoticeAsync(notice)));
        Assert.Equal(PaymentStatus.Captured, (await shop.PaymentAsync(payment.Id)).Status);
        Assert.Equal(payment.Id, (await shop.DueAsync(payment.OrderId)).SettledBy);
        Assert.Equal(["payments.order_paid"], await shop.ToldAsync(payment.OrderId));
    }

    [Fact]
    public async Task A_forged_notice_is_refused_and_leaves_nothing()
    {
        var payment = await shop.BegunAsync();

        Assert.Equal(401, await shop.NoticeAsync("not signed"));
        Assert.Equal(payment.Version, (await shop.PaymentAsync(payment.Id)).Version);
        Assert.Equal(0, await shop.CountAsync($"payments.notice where payment_id = {payment.Id.Value}"));
    }

    [Fact]
    public async Task A_notice_that_comes_before_its_row_is_to_come_again()
    {
        var id = shop.Shop.Get<Shop.Data.Kernel.NewId>().Next();
        var receipt = new Receipt($"S{id}", "R1", 1000, "GBP");

        Assert.Equal(404, await shop.NoticeAsync(Paid("N2", receipt)));
        Assert.Equal(1, await shop.CountAsync("payments.notice where notice_key = 'N2' and outcome = 4"));
    }

    [Theory]
    [InlineData("T123")]
    [InlineData("Sinvoice-7")]
    public async Task A_notice_of_another_system_on_the_same_account_is_none_of_ours(string outNo)
    {
        Assert.Equal(200, await shop.NoticeAsync(Paid("N3", new Receipt(outNo, "R1", 1000, "GBP"))));
        Assert.Equal(0, await shop.CountAsync("payments.notice where notice_key = 'N3'"));
    }

    public static TheoryData<string> Odd { get; } =
    ["amount", "currency", "merchant", "app", "token", "another's token", "number", "channel's number"];

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_odd_notice_is_only_a_reason_to_ask(string what)
    {
        var another = await shop.BegunAsync();
        shop.Channel.Begin = order => new BeginOutcome.Ready(
            new ChannelAction.Secret("secret", "public"),
            $"ref-{order.OutNo}"
        );
        var payment = await shop.BegunAsync();
        var odd = Twisted(shop.Channel.Pay(payment), what, another.Request.Token);
        shop.Channel.Reset();
        shop.Channel.Forget(payment);

        Assert.Equal(200, await shop.NoticeAsync(Paid($"odd {what}", odd, payment.OutNo)));

        Assert.Equal(PaymentStatus.Pending, (await shop.PaymentAsync(payment.Id)).Status);
        await shop.CheckPaymentsAsync();
        // The channel says that it is not paid.
        Assert.Equal(PaymentStatus.Pending, (await shop.PaymentAsync(payment.Id)).Status);
        Assert.Contains(shop.Channel.Calls, call => call == new ChannelCall("query", payment.OutNo));
        Assert.Empty(await shop.ToldAsync(payment.OrderId));
    }

    [Fact]
    public async Task What_was_truly_paid_with_another_amount_goes_back_and_pays_nothing()
    {
        var payment = await shop.BegunAsync();
        var less = shop.Channel.Pay(payment, 999);

        await shop.NoticeAsync(Paid("less", less));
        await shop.CheckPaymentsAsync();
        await shop.SendRefundsAsync();

        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal((PaymentStatus.Refunded, PaymentReason.Mismatch), (payment.Status, payment.Reason));
        var refund = Assert.Single(await shop.RefundsAsync(payment));
        Assert.Equal((999, RefundReason.Mismatch), (refund.AmountMinor, refund.Reason));
        Assert.Equal(
            DifferenceKind.Mismatch,
            (await shop.DifferencesAsync()).Last(found => found.PaymentId == payment.Id).Kind
        );
        Assert.Empty(await shop.ToldAsync(payment.OrderId));
    }

    [Fact]
    public async Task A_channel_whose_notices_are_hints_is_asked_before_one_is_believed()
    {
        shop.Channel.Traits = shop.Channel.Traits with { ConfirmByQuery = true };
        var payment = await shop.BegunAsync();

        await shop.NoticeAsync(Paid("hint", shop.Channel.Pay(payment)));

        Assert.Equal(PaymentStatus.Pending, (await shop.PaymentAsync(payment.Id)).Status);
        await shop.CheckPaymentsAsync();
        Assert.Equal(PaymentStatus.Captured, (await shop.PaymentAsync(payment.Id)).Status);
    }

    [Fact]
    public async Task No_failure_close_or_older_news_lowers_what_is_known()
    {
        var payment = await shop.PaidAsync();
        Finding[] news =
        [
            new Finding.Closed(),
            new Finding.Refused("LATE"),
            new Finding.Waiting(),
            new Finding.NotFound(),
        ];
        foreach (var (finding, number) in news.Select((finding, number) => (finding, number)))
        {
            Assert.Equal(
                200,
                await shop.NoticeAsync(
                    new NoticeReading.OfPayment($"{payment.OutNo} {number}", payment.OutNo, finding)
                )
            );
        }

        Assert.Equal(PaymentStatus.Captured, (await shop.PaymentAsync(payment.Id)).Status);
    }

    [Fact]
    public async Task A_success_that_is_told_before_the_begin_is_kept_is_not_lowered_by_it()
    {
        var answer = shop.Channel.Begin;
        shop.Channel.Begin = order =>
        {
            var receipt = new Receipt(
                order.OutNo,
                $"ref-{order.OutNo}",
                order.Amount.Minor,
                "GBP",
                "merchant"
            );
            Assert.Equal(200, shop.NoticeAsync(Paid(order.OutNo, receipt)).GetAwaiter().GetResult());
            return answer(order);
        };

        var payment = await shop.BegunAsync();

        Assert.Equal(PaymentStatus.Captured, payment.Status);
        Assert.Null(payment.Action);
    }

    [Fact]
    public async Task A_payment_that_nobody_tells_of_is_found_by_asking()
    {
        var payment = await shop.BegunAsync();
        shop.Channel.Pay(payment);

        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.CheckPaymentsAsync();

        Assert.Equal(PaymentStatus.Captured, (await shop.PaymentAsync(payment.Id)).Status);
    }

    [Fact]
    public async Task A_dispute_is_for_staff_and_changes_no_payment()
    {
        var payment = await shop.PaidAsync();

        var notice = new NoticeReading.OfDispute("D1", payment.Reference!, "fraudulent");
        Assert.Equal(200, await shop.NoticeAsync(notice));
        Assert.Equal(200, await shop.NoticeAsync(notice));

        var difference = (await shop.DifferencesAsync()).Single(found => found.PaymentId == payment.Id);
        Assert.Equal((DifferenceKind.Dispute, "fraudulent"), (difference.Kind, difference.Text));
        Assert.Equal(
            ["payments.order_paid", "payments.payment_disputed"],
            await shop.ToldAsync(payment.OrderId)
        );
        Assert.Equal(PaymentStatus.Captured, (await shop.PaymentAsync(payment.Id)).Status);
    }

    private static NoticeReading.OfPayment Paid(string key, Receipt receipt, string? outNo = null) =>
        new(key, outNo ?? receipt.OutNo, new Finding.Paid(receipt));

    private static Receipt Twisted(Receipt receipt, string what, string another) =>
        what switch
        {
            "amount" => receipt with { Minor = receipt.Minor + 1 },
            "currency" => receipt with { Currency = "EUR" },
            "merchant" => receipt with { Merchant = "somebody else" },
            "app" => receipt with { App = "somebody else's" },
            "token" => receipt with { Token = "1:2:00000000000000000000000000000000:x" },
            "another's token" => receipt with { Token = another },
            "channel's number" => receipt with { Reference = "another" },
            _ => receipt with { OutNo = "S1" },
        };
}
