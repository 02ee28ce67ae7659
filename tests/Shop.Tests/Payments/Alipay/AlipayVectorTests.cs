using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Alipay;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments.Alipay;

/// <summary>Signatures that were computed by others.</summary>
public sealed class AlipayVectorTests : IDisposable
{
    private const string OutNo = "S7301884201664513";
    private const string NoticeSignature =
        "jC+JPOuJO2FkxFloE6zRQIiFiDgWtu4mR/dF2Zj+3j4ae7NjRviyv9MbTTMpGcOq0666jkek9LMzCh/ZZx4cHA==";

    private static readonly (string Name, string Value)[] _notice =
    [
        ("app_id", "2021000000000001"),
        ("charset", "utf-8"),
        ("notify_id", "2026010100222080321001"),
        ("notify_time", "2026-01-01 08:03:21"),
        ("notify_type", "trade_status_sync"),
        ("out_trade_no", OutNo),
        ("passback_params", ChannelFixture.Token),
        ("seller_id", "2088000000000001"),
        ("subject", "订单 S+1001 "),
        ("total_amount", "129.90"),
        ("trade_no", "2026010122001400000000000001"),
        ("trade_status", "TRADE_SUCCESS"),
        ("version", "1.0"),
        ("sign_type", "RSA2"),
        ("sign", NoticeSignature),
    ];

    private readonly string _folder = RunFolder.Make("vectors");
    private readonly ChannelHttp _http = new();
    private readonly AlipayChannel _channel;

    public AlipayVectorTests()
    {
        var (signs, verifies) = VectorKey.WriteTo(_folder);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["a:Merchant"] = "2088000000000001",
                    ["a:App"] = "2021000000000001",
                    ["a:KeyFile"] = signs,
                    ["a:PublicKeyFiles:0"] = verifies,
                }
            )
            .Build()
            .GetSection("a");
        _channel = new(
            new ChannelAccount(
                "main",
                PaymentChannelCode.Alipay,
                new("https://shop.example"),
                settings,
                _http,
                false,
                new FakeTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
            )
        );
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_page_has_the_fields_and_the_signature_of_the_paper()
    {
        var begun = await _channel.BeginAsync(
            new(
                OutNo,
                ChannelFixture.Token,
                PaymentMethod.Web,
                new(12990, "CNY"),
                "订单 S-1001",
                new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
                new(2026, 1, 1, 0, 30, 0, TimeSpan.Zero),
                new("https://shop.example/orders/S-1001"),
                null,
                null
            ),
            default
        );

        var page = Assert.IsType<ChannelAction.Redirect>(Assert.IsType<BeginOutcome.Ready>(begun).Action);
        var fields = page
            .Url.Query[1..]
            .Split('&')
            .Select(field => field.Split('='))
            .ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1]));
        Assert.Equal("openapi.alipay.com", page.Url.Host);
        Assert.Equal(
            $$$"""{"out_trade_no":"{{{OutNo}}}","total_amount":"129.90","subject":"订单 S-1001","product_code":"FAST_INSTANT_TRADE_PAY","time_expire":"2026-01-01 08:30:00","passback_params":"{{{ChannelFixture.Token.Replace(":", "%3A", StringComparison.Ordinal)}}}"}""",
            fields["biz_content"]
        );
        Assert.Equal(
            "LCIE+DbkvTpcsS4MwEW52BOaoUVR9cGr01ipdp9WVlLbVZit8jmAgs/9ivz13AnieA3owzpG34LYAsr/goCpGQ==",
            fields["sign"]
        );
    }

    [Fact]
    public void A_notice_of_the_paper_verifies_with_the_space_at_its_end()
    {
        var reading = Assert.IsType<NoticeReading.OfPayment>(Read(_notice));

        Assert.Equal(("2026010100222080321001", OutNo), (reading.Key, reading.OutNo));
        Assert.Equal(
            new Receipt(
                OutNo,
                "2026010122001400000000000001",
                12990,
                "CNY",
                "2088000000000001",
                "2021000000000001",
                Token: ChannelFixture.Token
            ),
            Assert.IsType<Finding.Paid>(reading.Finding).Receipt
        );
    }

    [Fact]
    public void Empty_fields_may_be_in_it_and_out_of_what_is_signed() =>
        Assert.IsType<NoticeReading.OfPayment>(Read([.. _notice, ("body", "")]));

    [Fact]
    public void A_notice_that_names_no_merchant_is_not_of_ours()
    {
        (string Name, string Value)[] told =
        [
            .. _notice.Where(field => field.Name is not ("seller_id" or "sign")),
        ];
        var signed = string.Join(
            '&',
            told.Where(field => field.Name != "sign_type").Select(field => $"{field.Name}={field.Value}")
        );
        var signature = VectorKey.Rsa.SignData(
            Encoding.UTF8.GetBytes(signed),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );

        var reading = Read([.. told, ("sign", Convert.ToBase64String(signature))]);

        var paid = Assert.IsType<Finding.Paid>(Assert.IsType<NoticeReading.OfPayment>(reading).Finding);
        Assert.Equal("", paid.Receipt.Merchant);
    }

    [Theory]
    [InlineData("subject", "订单 S+1001")]
    [InlineData("subject", "订单 S 1001 ")]
    [InlineData("total_amount", "129.91")]
    [InlineData("passback_params", "x")]
    [InlineData("out_trade_no", "S7301884201664514")]
    [InlineData("sign", "")]
    [InlineData("sign", "AAAA")]
    public void A_notice_that_was_touched_does_not(string name, string value) =>
        Assert.IsType<NoticeReading.Forged>(
            Read([.. _notice.Where(field => field.Name != name), (name, value)])
        );

    [Fact]
    public void A_field_more_or_twice_or_decoded_twice_does_not()
    {
        Assert.IsType<NoticeReading.Forged>(Read([.. _notice, ("body", "x")]));
        Assert.IsType<NoticeReading.Forged>(Read([.. _notice, ("version", "1.0")]));
        Assert.IsType<NoticeReading.Forged>(Read([.. _notice.Where(field => field.Name != "sign")]));
        Assert.IsType<NoticeReading.Forged>(_channel.ReadNotice(_ => null, "{}"u8.ToArray()));
    }

    private NoticeReading Read((string Name, string Value)[] fields) =>
        _channel.ReadNotice(
            _ => null,
            Encoding.ASCII.GetBytes(
                string.Join('&', fields.Select(field => $"{field.Name}={WebUtility.UrlEncode(field.Value)}"))
            )
        );
}
