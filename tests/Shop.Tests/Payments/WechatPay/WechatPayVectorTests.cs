using System.Text;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.WechatPay;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments.WechatPay;

/// <summary>Signatures and ciphers that were computed by others.</summary>
public sealed class WechatPayVectorTests
{
    private const string OutNo = "S7301884201664513";
    private const string PublicKeyId = "PUB_KEY_ID_1";
    private const string Nonce = "N0nce-of-the-notice";
    private const string Signature =
        "hpSDyGORAvBFqIOjK4GS592ISjxtK3EyxJuW/d9SXmaVIH0GH3O44sVZvkFUaM5BfDV5nCtlg7LtyQROlbJKnA==";
    private const string Notice =
        """{"id":"EV-1","create_time":"2026-01-01T08:03:21+08:00","event_type":"TRANSACTION.SUCCESS","resource_type":"encrypt-resource","summary":"支付成功","resource":{"original_type":"transaction","algorithm":"AEAD_AES_256_GCM","ciphertext":"akTG/ZaAcgcRFkFyODnLytefWFKzHi6ApIbQLI6D9DU6b4kAQvLQg74=","associated_data":"transaction","nonce":"shopnonce001"}}""";

    private static readonly WechatPayLocked _locked = new(
        "AEAD_AES_256_GCM",
        "akTG/ZaAcgcRFkFyODnLytefWFKzHi6ApIbQLI6D9DU6b4kAQvLQg74=",
        "transaction",
        "shopnonce001"
    );

    private readonly string _folder = RunFolder.Make("vectors");
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1767225801));
    private readonly WechatPayOptions _options;
    private readonly WechatPayKeys _keys;
    private readonly WechatPayVerifier _verifier;

    public WechatPayVectorTests()
    {
        var (signs, verifies) = VectorKey.WriteTo(_folder);
        _options = new()
        {
            Merchant = "1900000001",
            App = "wx0000000000000001",
            KeyFile = signs,
            ApiKeyFiles =
            [
                Accounts.Write(_folder, "api-key", "shop-apiv3-key-for-vectors-00001\n"u8.ToArray()),
            ],
            PublicKeyFiles = { [PublicKeyId] = verifies },
        };
        _keys = new(_options);
        _verifier = new(_keys, _clock);
    }

    [Fact]
    public void A_begin_has_the_bytes_and_the_signature_of_the_paper()
    {
        using var http = new ChannelHttp();
        var account = new ChannelAccount(
            "main",
            PaymentChannelCode.WechatPay,
            new("https://shop.example"),
            new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build().GetSection("none"),
            http,
            false,
            _clock
        );
        var signer = new WechatPaySigner(_options.Merchant, _keys, _clock);
        var begin = new WechatPayBegin(account, _options, null!, signer);
        var body = begin.Body(
            new(
                OutNo,
                ChannelFixture.Token,
                PaymentMethod.QrCode,
                new(12990, "CNY"),
                "订单 S-1001",
                _clock.GetUtcNow(),
                new(2026, 1, 1, 0, 30, 0, TimeSpan.Zero),
                null,
                null,
                null
            )
        );

        Assert.Equal(
            $$$"""{"appid":"wx0000000000000001","mchid":"1900000001","description":"订单 S-1001","out_trade_no":"{{{OutNo}}}","time_expire":"2026-01-01T08:30:00+08:00","attach":"{{{ChannelFixture.Token}}}","notify_url":"https://shop.example/payments/notify/wechat-pay/main","amount":{"total":12990,"currency":"CNY"}}""",
            body
        );
        Assert.Equal(
            "T+PMz/UMDozEsKnAM4jFT82VWUHVwj4htq376IlYuyMOiIvgVzgCT8O7ZX8T2Z+zTaPnpJZxq7FRB7K4O/G5gg==",
            signer.Sign(
                "POST",
                "/v3/pay/transactions/native",
                "1767225600",
                "593BEC0C930BF1AFEB40B4A08C8FB242",
                body
            )
        );
    }

    [Fact]
    public void A_notice_of_the_paper_verifies() => Assert.Null(Fault(Notice));

    [Theory]
    [InlineData("支付成功", "支付成功 ")]
    [InlineData("EV-1", "EV-2")]
    [InlineData("支付成功", "\\u652f\\u4ed8\\u6210\\u529f")]
    [InlineData("{\"id\"", "{ \"id\"")]
    public void A_notice_that_was_touched_does_not(string was, string put) =>
        Assert.Equal("its signature is wrong", Fault(Notice.Replace(was, put, StringComparison.Ordinal)));

    [Theory]
    [InlineData("Wechatpay-Timestamp", "1767225800")]
    [InlineData("Wechatpay-Nonce", "N0nce-of-the-notice ")]
    [InlineData("Wechatpay-Signature", "WECHATPAY/SIGNTEST/hpSDyGORAvBFqIOjK4GS592ISjxtK3EyxJuW")]
    [InlineData("Wechatpay-Signature", "")]
    [InlineData("Wechatpay-Signature", "***")]
    [InlineData("Wechatpay-Serial", "PUB_KEY_ID_2")]
    [InlineData("Wechatpay-Serial", null)]
    public void A_notice_with_another_header_does_not(string name, string? put) =>
        Assert.NotNull(Fault(Notice, (name, put)));

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_notice_has_five_minutes_to_arrive_and_to_be_ahead(int late, bool isTaken)
    {
        var clock = new FakeTimeProvider(_clock.GetUtcNow().AddSeconds(late));

        Assert.Equal(
            isTaken ? null : "its time is not now",
            Fault(Notice, new WechatPayVerifier(_keys, clock))
        );
    }

    [Fact]
    public void What_the_paper_has_locked_opens() =>
        Assert.Equal("""{"trade_state":"SUCCESS"}""", Encoding.UTF8.GetString(_keys.Open(_locked)!));

    [Fact]
    public void What_was_locked_otherwise_does_not_open()
    {
        Assert.Null(_keys.Open(_locked with { AssociatedData = "refund" }));
        Assert.Null(_keys.Open(_locked with { Nonce = "shopnonce002" }));
        Assert.Null(_keys.Open(_locked with { Nonce = "short" }));
        Assert.Null(_keys.Open(_locked with { Ciphertext = "b" + _locked.Ciphertext[1..] }));
        Assert.Null(_keys.Open(_locked with { Ciphertext = "AAAA" }));
        Assert.Null(_keys.Open(_locked with { Algorithm = "AEAD_AES_128_GCM" }));
    }

    [Fact]
    public void Of_two_keys_the_one_that_fits_opens()
    {
        var keys = new WechatPayKeys(
            new()
            {
                ApiKeyFiles =
                [
                    Accounts.Write(_folder, "new-api-key", "shop-apiv3-key-for-vectors-00002"u8.ToArray()),
                    .. _options.ApiKeyFiles,
                ],
            }
        );

        Assert.NotNull(keys.Open(_locked));
    }

    private string? Fault(string body, params (string Name, string? Value)[] put) =>
        Fault(body, _verifier, put);

    private static string? Fault(
        string body,
        WechatPayVerifier verifier,
        params (string Name, string? Value)[] put
    )
    {
        var headers = new Dictionary<string, string?>
        {
            ["Wechatpay-Timestamp"] = "1767225801",
            ["Wechatpay-Nonce"] = Nonce,
            ["Wechatpay-Signature"] = Signature,
            ["Wechatpay-Serial"] = PublicKeyId,
        };
        foreach (var (name, value) in put)
        {
            headers[name] = value;
        }

        return verifier.Fault(headers.GetValueOrDefault, Encoding.UTF8.GetBytes(body));
    }
}
