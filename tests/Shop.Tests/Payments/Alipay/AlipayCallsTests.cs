using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Alipay;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments.Alipay;

public sealed class AlipayCallsTests : IDisposable
{
    private readonly ChannelHttp _http = new();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("10000", null, false)]
    [InlineData("20000", null, true)]
    [InlineData("20000", "aop.unknow-error", true)]
    [InlineData("40004", "isp.unknow-error", true)]
    [InlineData("40004", "ACQ.SYSTEM_ERROR", true)]
    [InlineData("40004", "ACQ.TRADE_NOT_EXIST", false)]
    public void What_Alipay_does_not_know_itself_is_unknown(string code, string? subCode, bool isUnknown) =>
        Assert.Equal(isUnknown, new AlipayAnswer(code, subCode, default(JsonElement)).IsUnknown);

    [Theory]
    [InlineData("https://elsewhere.example/bill.zip")]
    [InlineData("https://alipay.com.elsewhere.example/bill.zip")]
    [InlineData("http://dwbillcenter.alipay.com/bill.zip")]
    public async Task A_file_is_opened_at_Alipay_alone(string file)
    {
        var gateway = new Uri("https://openapi.alipay.com/gateway.do");
        var (signs, verifies) = VectorKey.WriteTo(RunFolder.Make("alipay"));
        var options = new AlipayOptions { KeyFile = signs, PublicKeyFiles = [verifies] };
        var keys = new AlipayKeys(options);
        var account = new ChannelAccount(
            "main",
            PaymentChannelCode.Alipay,
            new("https://shop.example"),
            new ConfigurationBuilder().Build().GetSection("a"),
            _http,
            false,
            new FakeTimeProvider()
        );
        var calls = new AlipayCalls(account, gateway, new(account, options, keys), keys);

        await Assert.ThrowsAsync<NoAnswerException>(() => calls.OpenAsync(new(file), default));
    }
}
