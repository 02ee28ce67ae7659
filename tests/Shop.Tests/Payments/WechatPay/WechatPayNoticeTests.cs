using Shop.Channels.Faults;
using Shop.Channels.WechatPay;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments.WechatPay;

public sealed class WechatPayNoticeTests : IAsyncLifetime
{
    private readonly WechatPayFixture _wechat = new();

    public ValueTask InitializeAsync() => _wechat.InitializeAsync();

    public ValueTask DisposeAsync() => _wechat.DisposeAsync();

    [Fact]
    public async Task A_notice_tells_what_a_query_tells_and_is_content_with_no_words()
    {
        var order = await PayAsync();

        var delivery = await _wechat.NextNoticeAsync(order.OutNo);

        Assert.Equal((204, "", true), (delivery.Status, delivery.Body, delivery.IsTaken));
        Assert.True(_wechat.Door.Readings.TryDequeue(out var reading));
        var told = Assert.IsType<NoticeReading.OfPayment>(reading);
        Assert.Equal(delivery.Notice.Id, told.Key);
        Assert.Equal(order.OutNo, told.OutNo);
        Assert.Equal(await _wechat.Channel.QueryAsync(ChannelFixture.Ref(order), default), told.Finding);
    }

    [Theory]
    [InlineData(NoticeResult.Orphan, 404)]
    [InlineData(NoticeResult.Unavailable, 503)]
    public async Task What_is_not_taken_comes_again(NoticeResult result, int status)
    {
        _wechat.Door.Result = result;
        var order = await PayAsync();
        var first = await _wechat.NextNoticeAsync(order.OutNo);
        _wechat.Door.Result = NoticeResult.Done;
        _wechat.Clock.Advance(TimeSpan.FromSeconds(15));
        var second = await _wechat.NextNoticeAsync(order.OutNo);

        Assert.Equal((status, false, 1), (first.Status, first.IsTaken, first.Try));
        Assert.Contains("\"code\":\"FAIL\"", first.Body, StringComparison.Ordinal);
        Assert.Equal((204, true, 2), (second.Status, second.IsTaken, second.Try));
        Assert.Equal(Keys(first.Notice.Id, 2), _wechat.Door.Readings.Select(Key));
    }

    [Fact]
    public async Task A_notice_that_comes_twice_has_one_key()
    {
        _wechat.Simulator.Misbehaviour.Plan(new NoticeScript(WechatPayFixture.Name, NoticeFault.Twice));
        var order = await PayAsync();
        var first = await _wechat.NextNoticeAsync(order.OutNo);
        await _wechat.NextNoticeAsync(order.OutNo);

        Assert.Equal(Keys(first.Notice.Id, 2), _wechat.Door.Readings.Select(Key));
    }

    [Theory]
    [InlineData(NoticeFault.Old)]
    [InlineData(NoticeFault.Ahead)]
    [InlineData(NoticeFault.Forged)]
    public async Task A_notice_that_is_not_WeChats_of_now_is_forged(NoticeFault fault)
    {
        var delivery = await SendAsync(fault);

        Assert.Equal((401, false), (delivery.Status, delivery.IsTaken));
        Assert.IsType<NoticeReading.Forged>(Assert.Single(_wechat.Door.Readings));
    }

    [Fact]
    public async Task What_is_well_signed_is_read_as_it_is()
    {
        Assert.Equal(12989, (await ReceiptAsync(NoticeFault.OtherAmount)).Minor);
        Assert.EndsWith("9", (await ReceiptAsync(NoticeFault.OtherOrder)).OutNo, StringComparison.Ordinal);
        Assert.Equal("1900009999", (await ReceiptAsync(NoticeFault.OtherMerchant)).Merchant);
        Assert.Equal("wx0000000000000009", (await ReceiptAsync(NoticeFault.OtherApp)).App);
        Assert.NotEqual(ChannelFixture.Token, (await ReceiptAsync(NoticeFault.OtherToken)).Token);
    }

    [Fact]
    public async Task A_notice_that_was_written_anew_is_forged()
    {
        await SendAsync(NoticeFault.None);
        var body = _wechat.Door.Last.Body;

        Assert.IsType<NoticeReading.OfPayment>(_wechat.Door.Again());
        Assert.IsType<NoticeReading.Forged>(_wechat.Door.Again(body: [.. body, (byte)' ']));
        Assert.IsType<NoticeReading.Forged>(_wechat.Door.Again(body: body[..^1]));
        Assert.IsType<NoticeReading.Forged>(
            _wechat.Door.Again((name, value) => name == "Wechatpay-Signature" ? null : value)
        );
    }

    [Fact]
    public async Task Refunds_are_told_as_they_end()
    {
        var order = await PayAsync();
        await _wechat.NextReadingAsync(order.OutNo);

        var done = await RefundedAsync(order, null);
        var closed = await RefundedAsync(order, "CLOSED");
        var stuck = await RefundedAsync(order, "ABNORMAL");

        Assert.IsType<RefundFinding.Done>(done.Finding);
        Assert.Equal((order.OutNo, 100), (done.PaymentOutNo, done.Minor));
        Assert.Equal(new RefundFinding.Refused("CLOSED", Again: false), closed.Finding);
        Assert.Equal(new RefundFinding.Stuck("ABNORMAL"), stuck.Finding);
    }

    [Fact]
    public async Task A_refund_made_at_WeChats_desk_is_told_too()
    {
        var order = await PayAsync();
        await _wechat.NextReadingAsync(order.OutNo);

        var refund = _wechat.Wire.RefundByHand(order.OutNo, 300);

        var told = Assert.IsType<NoticeReading.OfRefund>(await _wechat.NextReadingAsync(order.OutNo));
        Assert.Equal(
            (order.OutNo, refund.OutNo, 300, new RefundFinding.Done(refund.Reference)),
            (told.PaymentOutNo, told.OutNo, told.Minor, told.Finding)
        );
    }

    [Fact]
    public async Task Keys_that_are_mixed_all_verify_and_a_fresh_certificate_is_fetched()
    {
        var order = await PayAsync();
        var fetches = _wechat.Open(("PlatformCertificateFiles:0", null));

        foreach (var key in Enum.GetValues<WechatPaySigningKey>())
        {
            _wechat.Wire.SigningKey = key;
            Assert.IsType<Finding.Paid>(await _wechat.Channel.QueryAsync(ChannelFixture.Ref(order), default));
            Assert.IsType<Finding.Paid>(await fetches.QueryAsync(ChannelFixture.Ref(order), default));
            await SendAsync(NoticeFault.None);
            Assert.IsType<NoticeReading.OfPayment>(_wechat.Door.Again());
        }
    }

    [Fact]
    public async Task A_key_that_was_taken_out_verifies_nothing()
    {
        _wechat.Wire.SigningKey = WechatPaySigningKey.Platform;
        await SendAsync(NoticeFault.None);
        _wechat.Door.Channel = _wechat.Open(("PlatformCertificateFiles:0", null));

        Assert.IsType<NoticeReading.Forged>(_wechat.Door.Again());
    }

    [Fact]
    public async Task What_no_APIv3_key_opens_comes_again()
    {
        await SendAsync(NoticeFault.None);
        _wechat.Door.Channel = _wechat.Open(
            (
                "ApiKeyFiles:0",
                Accounts.Write(
                    _wechat.Simulator.Folder,
                    "other-api-key",
                    [.. Enumerable.Repeat((byte)'k', 32)]
                )
            )
        );

        Assert.IsType<NoticeReading.Forged>(_wechat.Door.Again());
    }

    private static IEnumerable<string> Keys(string key, int times) => Enumerable.Repeat(key, times);

    private static string Key(NoticeReading reading) => Assert.IsType<NoticeReading.OfPayment>(reading).Key;

    private async Task<NoticeReading.OfRefund> RefundedAsync(PaymentOrder order, string? end)
    {
        if (end is not null)
        {
            _wechat.Simulator.Misbehaviour.Plan(
                new CallScript(WechatPayFixture.Name, CallFaultKind.Refuse, "refund", Code: end)
            );
        }

        var refund = _wechat.NewRefund(order, 100);
        Assert.IsType<RefundFinding.Accepted>(await _wechat.Channel.RefundAsync(refund, default));
        _wechat.Clock.Advance(TimeSpan.FromMinutes(1));
        var told = Assert.IsType<NoticeReading.OfRefund>(await _wechat.NextReadingAsync(order.OutNo));
        Assert.Equal(refund.OutNo, told.OutNo);
        return told;
    }

    private async Task<Receipt> ReceiptAsync(NoticeFault fault)
    {
        var delivery = await SendAsync(fault);
        Assert.True(delivery.IsTaken);
        Assert.True(_wechat.Door.Readings.TryDequeue(out var reading));
        var told = Assert.IsType<NoticeReading.OfPayment>(reading);
        return Assert.IsType<Finding.Paid>(told.Finding).Receipt;
    }

    private async Task<Shop.Channels.Notices.NoticeDelivery> SendAsync(NoticeFault fault)
    {
        _wechat.Simulator.Misbehaviour.Plan(new NoticeScript(WechatPayFixture.Name, NoticeFault.Never));
        var order = await PayAsync();
        var trade = _wechat.Simulator.Trades.Get(WechatPayFixture.Name, order.OutNo);
        return await _wechat.Simulator.Notices.SendAsync(
            _wechat.Wire,
            "TRANSACTION.SUCCESS",
            trade,
            fault: fault
        );
    }

    private async Task<PaymentOrder> PayAsync()
    {
        var order = _wechat.NewOrder(PaymentMethod.QrCode);
        Assert.IsType<BeginOutcome.Ready>(await _wechat.Channel.BeginAsync(order, default));
        _wechat.Simulator.Pay(WechatPayFixture.Name, order.OutNo);
        return order;
    }
}
