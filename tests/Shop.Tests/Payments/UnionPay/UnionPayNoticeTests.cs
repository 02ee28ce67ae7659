using System.Text;
using Microsoft.Extensions.Time.Testing;
using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.UnionPay;

namespace Shop.Tests.Payments.UnionPay;

/// <summary>What UnionPay sends by itself: read as it is where UnionPay has signed it, and forged else.</summary>
public sealed class UnionPayNoticeTests(SimulatedChannels channels) : IClassFixture<SimulatedChannels>
{
    private const string UnionPay = "union-pay";

    private readonly UnionPayChannel _channel = new(channels.Account(PaymentChannelCode.UnionPay));

    [Theory]
    [InlineData(NoticeFault.None)]
    [InlineData(NoticeFault.OtherAmount)]
    [InlineData(NoticeFault.OtherOrder)]
    [InlineData(NoticeFault.OtherMerchant)]
    [InlineData(NoticeFault.OtherToken)]
    public async Task A_notice_is_read_as_it_is(NoticeFault fault)
    {
        var order = channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        await _channel.BeginAsync(order, default);
        var trade = channels.Simulator.Pay(UnionPay, order.OutNo);

        var told = Assert.IsType<NoticeReading.OfPayment>(
            await channels.ReadAsync(_channel, "paid", trade, fault: fault)
        );

        var receipt = Assert.IsType<Finding.Paid>(told.Finding).Receipt;
        Assert.Equal(fault == NoticeFault.OtherAmount, receipt.Minor != 12990);
        Assert.Equal(fault == NoticeFault.OtherOrder, told.OutNo != order.OutNo);
        Assert.Equal(fault == NoticeFault.OtherMerchant, receipt.Merchant != _channel.Traits.Merchant);
        Assert.Equal(fault == NoticeFault.OtherToken, receipt.Token != order.Token);
        Assert.Equal(("CNY", trade.Reference), (receipt.Currency, receipt.Reference));
        Assert.True(_channel.Traits.ConfirmByQuery);
    }

    [Fact]
    public async Task The_same_notice_has_the_same_key_and_another_one_has_another()
    {
        var order = channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        await _channel.BeginAsync(order, default);
        var trade = channels.Simulator.Pay(UnionPay, order.OutNo);

        var first = await KeyAsync(NoticeFault.None);
        Assert.Equal(first, await KeyAsync(NoticeFault.None));
        Assert.NotEqual(first, await KeyAsync(NoticeFault.OtherAmount));
        Assert.True(first.Length <= 128);

        async Task<string> KeyAsync(NoticeFault fault) =>
            Assert
                .IsType<NoticeReading.OfPayment>(
                    await channels.ReadAsync(_channel, "paid", trade, fault: fault)
                )
                .Key;
    }

    [Fact]
    public async Task A_notice_that_somebody_else_has_signed_is_forged()
    {
        var order = channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        await _channel.BeginAsync(order, default);
        var trade = channels.Simulator.Pay(UnionPay, order.OutNo);

        Assert.IsType<NoticeReading.Forged>(
            await channels.ReadAsync(_channel, "paid", trade, fault: NoticeFault.Forged)
        );
    }

    [Theory]
    [InlineData("txnAmt=12990", "txnAmt=12991")]
    [InlineData("respCode=00", "respCode=05")]
    [InlineData("accessType=0", "accessType=0&accessType=0")]
    [InlineData("accessType=0", "accessType=0+")]
    [InlineData("accessType=0", "accessType")]
    [InlineData("signature=", "signatur=")]
    public async Task A_notice_that_was_changed_on_its_way_is_forged(string from, string to)
    {
        var text = await NoticeAsync();
        Assert.IsType<NoticeReading.OfPayment>(Read(text));
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.IsType<NoticeReading.Forged>(Read(text.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("signPubKeyCert=x&signature=x")]
    public void What_is_no_notice_is_forged(string text) => Assert.IsType<NoticeReading.Forged>(Read(text));

    [Fact]
    public async Task A_root_that_is_taken_away_no_longer_verifies_and_one_beside_it_does()
    {
        var text = await NoticeAsync();
        var own = new UnionPayCertificates();
        var other = Accounts.Write(
            channels.Simulator.Folder,
            "other-root.pem",
            Encoding.ASCII.GetBytes(own.Root.ExportCertificatePem())
        );
        var account = channels.Account(PaymentChannelCode.UnionPay, ("RootFiles:1", other));
        var changed = channels.Account(PaymentChannelCode.UnionPay, ("RootFiles:0", other));

        Assert.IsType<NoticeReading.OfPayment>(Read(text, new UnionPayChannel(account)));
        Assert.IsType<NoticeReading.Forged>(Read(text, new UnionPayChannel(changed)));
    }

    [Fact]
    public async Task A_certificate_that_the_same_root_has_signed_for_a_merchant_is_not_unionpays()
    {
        var pem = await File.ReadAllBytesAsync(
            Path.Combine(channels.Simulator.Folder, "union-pay-merchant.pem")
        );
        var message = UnionPayMessage.ReadForm(Encoding.UTF8.GetBytes(await NoticeAsync()))!;
        message["signPubKeyCert"] = Encoding.ASCII.GetString(pem).Split("-----BEGIN PRIVATE")[0];
        UnionPayCertificate.Read(pem).Sign(message);
        using var form = new FormUrlEncodedContent(message);

        Assert.IsType<NoticeReading.Forged>(Read(await form.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_certificate_whose_time_is_over_signs_nothing()
    {
        var text = await NoticeAsync();
        var later = new FakeTimeProvider(channels.Clock.GetUtcNow().AddYears(6));
        var account = channels.Account(PaymentChannelCode.UnionPay, later);

        Assert.IsType<NoticeReading.Forged>(Read(text, new UnionPayChannel(account)));
    }

    [Theory]
    [InlineData(NoticeResult.Done, 200)]
    [InlineData(NoticeResult.Refused, 401)]
    [InlineData(NoticeResult.Orphan, 404)]
    [InlineData(NoticeResult.Unavailable, 503)]
    public void UnionPay_sends_again_what_it_is_not_answered_well(NoticeResult result, int status) =>
        Assert.Equal(status, _channel.AnswerFor(result).Status);

    private async Task<string> NoticeAsync()
    {
        var order = channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        await _channel.BeginAsync(order, default);
        var now = channels.Clock.GetUtcNow();
        var notice = new Shop.Channels.Notices.Notice(
            "1",
            "paid",
            channels.Simulator.Pay(UnionPay, order.OutNo),
            null,
            now,
            default
        );
        using var request = channels.Simulator.Wire(UnionPay).Write(notice);
        return await request.Content!.ReadAsStringAsync();
    }

    private NoticeReading Read(string text, UnionPayChannel? channel = null) =>
        (channel ?? _channel).ReadNotice(_ => null, Encoding.UTF8.GetBytes(text));
}
