using Shop.Channels.Faults;
using Shop.Channels.Notices;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments.Alipay;

public sealed class AlipayNoticeTests : IAsyncLifetime
{
    private readonly AlipayFixture _alipay = new();

    public ValueTask InitializeAsync() => _alipay.InitializeAsync();

    public ValueTask DisposeAsync() => _alipay.DisposeAsync();

    [Theory]
    [InlineData(PaymentMethod.QrCode)]
    [InlineData(PaymentMethod.Web)]
    public async Task A_notice_tells_all_that_is_compared_and_wants_one_word(PaymentMethod method)
    {
        var order = await _alipay.PaidAsync(method);

        var delivery = await _alipay.NextNoticeAsync(order.OutNo);

        Assert.Equal((200, "success", true), (delivery.Status, delivery.Body, delivery.IsTaken));
        Assert.True(_alipay.Door.Readings.TryDequeue(out var reading));
        var told = Assert.IsType<NoticeReading.OfPayment>(reading);
        var trade = _alipay.Trade(order);
        Assert.Equal((delivery.Notice.Id, order.OutNo), (told.Key, told.OutNo));
        Assert.Equal(
            new Finding.Paid(
                new(
                    order.OutNo,
                    trade.Reference,
                    12990,
                    "CNY",
                    "2088000000000001",
                    "2021000000000001",
                    trade.PaidAt,
                    order.Token
                )
            ),
            told.Finding
        );
    }

    [Theory]
    [InlineData(NoticeResult.Orphan, 404)]
    [InlineData(NoticeResult.Unavailable, 503)]
    public async Task What_is_not_taken_comes_again_under_the_same_key(NoticeResult result, int status)
    {
        _alipay.Door.Result = result;
        var order = await _alipay.PaidAsync();
        var first = await _alipay.NextNoticeAsync(order.OutNo);
        _alipay.Door.Result = NoticeResult.Done;
        _alipay.Clock.Advance(TimeSpan.FromMinutes(4));
        var second = await _alipay.NextNoticeAsync(order.OutNo);

        Assert.Equal((status, "failure", false), (first.Status, first.Body, first.IsTaken));
        Assert.True(second.IsTaken);
        Assert.Equal(
            [first.Notice.Id, first.Notice.Id],
            _alipay.Door.Readings.Select(reading => Assert.IsType<NoticeReading.OfPayment>(reading).Key)
        );
    }

    [Fact]
    public async Task A_forged_notice_is_forged_and_one_of_a_key_that_was_taken_out()
    {
        await SendAsync(NoticeFault.Forged);
        Assert.IsType<NoticeReading.Forged>(Assert.Single(_alipay.Door.Readings));

        await SendAsync(NoticeFault.None);
        Assert.IsType<NoticeReading.OfPayment>(_alipay.Door.Again());
        _alipay.Door.Channel = _alipay.Open(
            ("PublicKeyFiles:0", VectorKey.WriteTo(_alipay.Simulator.Folder).Public)
        );
        Assert.IsType<NoticeReading.Forged>(_alipay.Door.Again());
    }

    [Fact]
    public async Task What_is_well_signed_is_read_as_it_is()
    {
        Assert.Equal(12989, (await ReceiptAsync(NoticeFault.OtherAmount)).Minor);
        Assert.EndsWith("9", (await ReceiptAsync(NoticeFault.OtherOrder)).OutNo, StringComparison.Ordinal);
        Assert.Equal("2088000000009999", (await ReceiptAsync(NoticeFault.OtherMerchant)).Merchant);
        Assert.Equal("2021000000000009", (await ReceiptAsync(NoticeFault.OtherApp)).App);
        Assert.NotEqual(ChannelFixture.Token, (await ReceiptAsync(NoticeFault.OtherToken)).Token);
    }

    [Fact]
    public async Task Refunds_are_told_one_by_one_also_those_of_Alipays_desk()
    {
        var order = await _alipay.PaidAsync();
        await _alipay.NextReadingAsync(order.OutNo);
        var part = _alipay.NewRefund(order, 2990);
        await _alipay.Channel.RefundAsync(part, default);
        var first = await _alipay.NextReadingAsync(order.OutNo);
        var byHand = _alipay.Wire.RefundByHand(order.OutNo, 10000);
        var second = await _alipay.NextReadingAsync(order.OutNo);

        Assert.Equal(
            [
                (order.OutNo, part.OutNo, new RefundFinding.Done(part.OutNo)),
                (order.OutNo, byHand.OutNo, new RefundFinding.Done(byHand.OutNo)),
            ],
            new[] { first, second }
                .Select(Assert.IsType<NoticeReading.OfRefund>)
                .Select(told => (told.PaymentOutNo, told.OutNo, (RefundFinding.Done)told.Finding))
        );
    }

    [Fact]
    public async Task What_is_finished_months_later_is_still_paid()
    {
        var order = await _alipay.PaidAsync();
        await _alipay.NextReadingAsync(order.OutNo);

        _alipay.Wire.Finish(order.OutNo);

        var told = Assert.IsType<NoticeReading.OfPayment>(await _alipay.NextReadingAsync(order.OutNo));
        Assert.IsType<Finding.Paid>(told.Finding);
    }

    private async Task<Receipt> ReceiptAsync(NoticeFault fault)
    {
        Assert.True((await SendAsync(fault)).IsTaken);
        Assert.True(_alipay.Door.Readings.TryDequeue(out var reading));
        var told = Assert.IsType<NoticeReading.OfPayment>(reading);
        return Assert.IsType<Finding.Paid>(told.Finding).Receipt;
    }

    private async Task<NoticeDelivery> SendAsync(NoticeFault fault)
    {
        _alipay.Simulator.Misbehaviour.Plan(new NoticeScript(AlipayFixture.Name, NoticeFault.Never));
        var trade = _alipay.Trade(await _alipay.PaidAsync());
        return await _alipay.Simulator.Notices.SendAsync(_alipay.Wire, "TRADE_SUCCESS", trade, fault: fault);
    }
}
