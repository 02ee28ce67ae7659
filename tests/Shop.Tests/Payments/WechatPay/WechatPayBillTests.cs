using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.WechatPay;

namespace Shop.Tests.Payments.WechatPay;

public sealed class WechatPayBillTests : IAsyncLifetime
{
    private static readonly DateOnly _day = new(2026, 1, 1);
    private readonly WechatPayFixture _wechat = new();

    public ValueTask InitializeAsync() => _wechat.InitializeAsync();

    public ValueTask DisposeAsync() => _wechat.DisposeAsync();

    [Fact]
    public async Task A_bill_has_payments_refunds_and_what_was_done_at_WeChats_desk()
    {
        var order = await PaidAsync("茶,壶,`杯");
        await RefundAsync(order, null);
        var waits = await RefundAsync(order, "ABNORMAL");
        await RefundAsync(order, "CLOSED");
        var byHand = _wechat.Wire.RefundByHand(order.OutNo, 300);
        var trade = _wechat.Simulator.Trades.Get(WechatPayFixture.Name, order.OutNo);
        NextDay(10);

        var first = Assert.IsType<BillReading.Lines>(await ReadAsync());
        var again = Assert.IsType<BillReading.Lines>(await ReadAsync());

        // The one that was closed gave nothing back.
        var done = trade.Refunds[0];
        Assert.Equal(
            [
                new(false, order.OutNo, trade.Reference, null, 12990, "CNY", 78, trade.PaidAt),
                new(true, done.OutNo, done.Reference, order.OutNo, 100, "CNY", 78, done.At),
                new(
                    true,
                    waits.OutNo,
                    trade.Refunds[1].Reference,
                    order.OutNo,
                    100,
                    "CNY",
                    78,
                    trade.Refunds[1].At
                ),
                new(true, byHand.OutNo, byHand.Reference, order.OutNo, 300, "CNY", 78, byHand.At),
            ],
            await RowsAsync(first)
        );
        Assert.Equal(first.Digest, again.Digest);
        Assert.Equal(4, (await RowsAsync(again)).Count);
    }

    [Fact]
    public async Task Before_ten_there_is_none_yet_and_of_a_quiet_day_there_is_none()
    {
        await PaidAsync();
        NextDay(9);
        Assert.IsType<BillReading.NotYet>(await ReadAsync());
        _wechat.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<BillReading.Lines>(await ReadAsync());
        Assert.IsType<BillReading.None>(await _wechat.Channel.ReadBillAsync(_day.AddDays(-1), default));
    }

    [Fact]
    public async Task A_bill_of_another_digest_is_broken()
    {
        await PaidAsync();
        NextDay(10);
        Plan(CallFaultKind.Tampered, "bill-download");

        Assert.Equal(new BillReading.Broken("its digest is not the one that was told"), await ReadAsync());
    }

    [Theory]
    [InlineData("bill", CallFaultKind.NotSigned)]
    [InlineData("bill", CallFaultKind.WronglySigned)]
    [InlineData("bill", CallFaultKind.Tampered)]
    [InlineData("bill", CallFaultKind.Refuse)]
    [InlineData("bill-download", CallFaultKind.CutBefore)]
    [InlineData("bill-download", CallFaultKind.ErrorBefore)]
    public async Task Without_an_answer_that_can_be_trusted_there_is_no_bill(string verb, CallFaultKind fault)
    {
        await PaidAsync();
        NextDay(10);
        Plan(fault, verb);

        await Unknown.Async(stop => _wechat.Channel.ReadBillAsync(_day, stop));
    }

    [Theory]
    [InlineData("总交易单数,应结订单总金额\n`1,`129.90", true)]
    [InlineData("总交易单数,应结订单总金额\n`2,`259.80", false)]
    [InlineData("", false)]
    public async Task A_bill_has_as_many_lines_as_it_says_at_its_end(string end, bool isWhole)
    {
        const string Header =
            "交易时间,微信订单号,商户订单号,交易状态,货币种类,订单金额,微信退款单号,商户退款单号,申请退款金额,退款状态,手续费";
        const string Line = "`2026-01-01 10:00:00,`42,`S1,`SUCCESS,`CNY,`129.90,`0,`0,`0.00,`,`0.78";
        using var text = new StringReader($"{Header}\n{Line}\n{end}");

        var lines = WechatPayBill.ParseAsync(text, default).ToListAsync().AsTask();

        if (isWhole)
        {
            Assert.Equal("S1", Assert.Single(await lines).OutNo);
        }
        else
        {
            await Assert.ThrowsAsync<FormatException>(async () => await lines);
        }
    }

    private static async Task<List<BillLine>> RowsAsync(BillReading.Lines bill)
    {
        var rows = new List<BillLine>();
        await foreach (var row in bill.Rows)
        {
            rows.Add(row);
        }

        return rows;
    }

    private Task<BillReading> ReadAsync() => _wechat.Channel.ReadBillAsync(_day, default);

    private async Task<RefundOrder> RefundAsync(PaymentOrder order, string? end)
    {
        if (end is not null)
        {
            Plan(CallFaultKind.Refuse, "refund", end);
        }

        var refund = _wechat.NewRefund(order, 100);
        Assert.IsType<RefundFinding.Accepted>(await _wechat.Channel.RefundAsync(refund, default));
        _wechat.Clock.Advance(TimeSpan.FromMinutes(1));
        return refund;
    }

    private async Task<PaymentOrder> PaidAsync(string description = "茶")
    {
        var order = _wechat.NewOrder(PaymentMethod.QrCode) with { Description = description };
        Assert.IsType<BeginOutcome.Ready>(await _wechat.Channel.BeginAsync(order, default));
        _wechat.Simulator.Pay(WechatPayFixture.Name, order.OutNo);
        return order;
    }

    private void NextDay(int hour) =>
        _wechat.Clock.SetUtcNow(new(2026, 1, 2, hour, 0, 0, TimeSpan.FromHours(8)));

    private void Plan(CallFaultKind fault, string verb, string code = "NO_AUTH") =>
        _wechat.Simulator.Misbehaviour.Plan(new CallScript(WechatPayFixture.Name, fault, verb, Code: code));
}
