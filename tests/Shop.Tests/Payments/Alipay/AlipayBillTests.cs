using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments.Alipay;

public sealed class AlipayBillTests : IAsyncLifetime
{
    private static readonly DateOnly _day = new(2026, 1, 1);
    private readonly AlipayFixture _alipay = new();

    public ValueTask InitializeAsync() => _alipay.InitializeAsync();

    public ValueTask DisposeAsync() => _alipay.DisposeAsync();

    [Fact]
    public async Task A_bill_has_payments_refunds_and_what_was_done_at_Alipays_desk()
    {
        var order = await _alipay.PaidAsync();
        var refund = _alipay.NewRefund(order, 2990);
        await _alipay.Channel.RefundAsync(refund, default);
        var byHand = _alipay.Wire.RefundByHand(order.OutNo, 100);
        var at = _alipay.Clock.GetUtcNow();
        var reference = _alipay.Trade(order).Reference;
        NextDay(9);

        var first = Assert.IsType<BillReading.Lines>(await _alipay.Channel.ReadBillAsync(_day, default));
        var again = Assert.IsType<BillReading.Lines>(await _alipay.Channel.ReadBillAsync(_day, default));

        Assert.Equal(
            [
                new(false, order.OutNo, reference, null, 12990, "CNY", 77, at),
                new(true, refund.OutNo, refund.OutNo, order.OutNo, 2990, "CNY", 0, at),
                new(true, byHand.OutNo, byHand.OutNo, order.OutNo, 100, "CNY", 0, at),
            ],
            await RowsAsync(first)
        );
        Assert.Equal(first.Digest, again.Digest);
        Assert.Equal(3, (await RowsAsync(again)).Count);
    }

    [Fact]
    public async Task A_name_with_commas_moves_no_column()
    {
        var order = _alipay.NewOrder(PaymentMethod.QrCode) with { Description = "茶,壶,杯" };
        await _alipay.Channel.BeginAsync(order, default);
        _alipay.Simulator.Pay(AlipayFixture.Name, order.OutNo);
        NextDay(9);

        var bill = Assert.IsType<BillReading.Lines>(await _alipay.Channel.ReadBillAsync(_day, default));

        Assert.Equal(
            (order.OutNo, 12990),
            (await RowsAsync(bill)).Select(row => (row.OutNo, row.Minor)).Single()
        );
    }

    [Fact]
    public async Task Before_nine_there_is_none_yet_and_of_a_quiet_day_there_is_none()
    {
        await _alipay.PaidAsync();
        NextDay(8);
        Assert.IsType<BillReading.NotYet>(await _alipay.Channel.ReadBillAsync(_day, default));
        _alipay.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<BillReading.Lines>(await _alipay.Channel.ReadBillAsync(_day, default));
        Assert.IsType<BillReading.None>(await _alipay.Channel.ReadBillAsync(_day.AddDays(-1), default));
    }

    [Fact]
    public async Task A_bill_that_lacks_a_line_is_broken()
    {
        await _alipay.PaidAsync();
        await _alipay.PaidAsync();
        NextDay(9);
        Plan(CallFaultKind.Tampered, "bill-download");

        Assert.IsType<BillReading.Broken>(await _alipay.Channel.ReadBillAsync(_day, default));
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
        await _alipay.PaidAsync();
        NextDay(9);
        Plan(fault, verb);

        await Unknown.Async(stop => _alipay.Channel.ReadBillAsync(_day, stop));
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

    private void NextDay(int hour) =>
        _alipay.Clock.SetUtcNow(new(2026, 1, 2, hour, 0, 0, TimeSpan.FromHours(8)));

    private void Plan(CallFaultKind fault, string verb) =>
        _alipay.Simulator.Misbehaviour.Plan(
            new CallScript(AlipayFixture.Name, fault, verb, Code: "isp.bill_refused")
        );
}
