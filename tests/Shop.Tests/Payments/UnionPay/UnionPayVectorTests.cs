using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.Channels.Wires;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.UnionPay;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments.UnionPay;

/// <summary>The form that a browser brings to UnionPay, byte for byte, and which settings will not do.</summary>
public sealed class UnionPayVectorTests
{
    private const string Token =
        "7301884201664512:1767225600:5b0c9f6e2d7a4c1e8f3b6a9d0e2c4f71:v0Asn5vKxzoJUZlmU3egC2sQNyvE65kj2wmZHZIRhAE";

    private const string Vector =
        $"accessType=0&backUrl=https://shop.example/payments/notify/union-pay/main&bizType=000201&certId=10000000000000000001&channelType=07&currencyCode=156&encoding=UTF-8&frontUrl=https://shop.example/orders/S-1001&merId=700000000000001&orderId=S7301884201664513&payTimeout=20260101083000&reqReserved={Token}&signMethod=01&txnAmt=12990&txnSubType=01&txnTime=20260101080000&txnType=01&version=5.1.0";

    private const string VectorSignature =
        "Rc7opwq82lKSyzxlg2PSSPhk6mR11lNyxt1eKHgLpB08bXsvBQjPi3ad9nXZZpWVNJQqAx5AU2MlqoE0/nSNrw==";

    private static readonly DateTimeOffset _now = new(2026, 1, 1, 8, 0, 0, TimeSpan.FromHours(8));

    private static readonly PaymentOrder _order = new(
        "S7301884201664513",
        Token,
        PaymentMethod.Web,
        new(12990, "CNY"),
        "订单 S-1001",
        _now.ToUniversalTime(),
        _now.AddMinutes(30).ToUniversalTime(),
        new("https://shop.example/orders/S-1001"),
        PayerAddress: null,
        OpenId: null
    );

    // Made once: keys take longer than all of the tests.
    private static readonly UnionPayCertificates _certificates = new();

    private readonly string _folder = RunFolder.Make("unionpay");

    [Fact]
    public async Task The_form_of_the_vector_is_signed_as_it_says()
    {
        var outcome = await Channel().BeginAsync(_order, default);

        var action = Assert.IsType<ChannelAction.Redirect>(Assert.IsType<BeginOutcome.Ready>(outcome).Action);
        Assert.True(action.IsPost);
        Assert.Equal("https://gateway.95516.com/gateway/api/frontTransReq.do", action.Url.AbsoluteUri);
        Assert.Equal(
            Vector,
            string.Join(
                '&',
                action
                    .Fields.Where(field => field.Name != "signature")
                    .Select(field => $"{field.Name}={field.Value}")
            )
        );
        Assert.Equal(VectorSignature, Assert.Single(action.Fields, field => field.Name == "signature").Value);
    }

    [Fact]
    public async Task A_phones_browser_says_so()
    {
        var outcome = await Channel().BeginAsync(_order with { Method = PaymentMethod.WebMobile }, default);

        var action = Assert.IsType<ChannelAction.Redirect>(Assert.IsType<BeginOutcome.Ready>(outcome).Action);
        Assert.Equal("08", Assert.Single(action.Fields, field => field.Name == "channelType").Value);
    }

    [Fact]
    public async Task Another_currency_than_yuan_is_refused()
    {
        var channel = Channel();

        Assert.Null(channel.Traits.Range("EUR"));
        Assert.IsType<BeginOutcome.Refused>(
            await channel.BeginAsync(_order with { Amount = new(12990, "EUR") }, default)
        );
    }

    [Fact]
    public void The_end_of_the_certificate_is_told() =>
        Assert.Equal(
            new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Channel().Traits.KeyExpiresAt?.ToUniversalTime()
        );

    [Fact]
    public void Production_refuses_a_short_key() =>
        Assert.Contains(
            "2048",
            Assert.Throws<OptionsValidationException>(() => Channel(isProduction: true)).Message
        );

    [Theory]
    [InlineData("https://gateway.test.95516.com/")]
    [InlineData("http://127.0.0.1:5080/union-pay/")]
    [InlineData("https://gateway.95516.com.example/")]
    public void Production_refuses_an_address_that_is_not_unionpays(string address)
    {
        using var key = RsaKeyPool.Get("UnionPay: merchant");

        Assert.Throws<OptionsValidationException>(() =>
            Channel(key, isProduction: true, ("Address", address))
        );
    }

    [Fact]
    public void A_merchant_of_another_length_is_refused() =>
        Assert.Throws<OptionsValidationException>(() => Channel(setting: ("Merchant", "70000000000000")));

    [Fact]
    public void A_key_that_others_can_read_is_refused()
    {
        var channel = Channel();
        Assert.NotNull(channel);
        Accounts.Allow(Path.Combine(_folder, "signer.pem"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Throws<KeyFileException>(() => Channel(writesSigner: false));
    }

    private UnionPayChannel Channel(
        RSA? key = null,
        bool isProduction = false,
        (string Name, string Value)? setting = null,
        bool writesSigner = true
    )
    {
        key ??= ToyKey();
        if (writesSigner)
        {
            var certificate = _certificates.Sign(
                "merchant",
                key,
                BigInteger
                    .Parse("10000000000000000001", CultureInfo.InvariantCulture)
                    .ToByteArray(isUnsigned: true, isBigEndian: true)
            );
            Write("signer.pem", $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
        }

        Dictionary<string, string?> all = new()
        {
            ["Merchant"] = "700000000000001",
            ["CertificateFile"] = Path.Combine(_folder, "signer.pem"),
            ["RootFiles:0"] = Write("root.pem", _certificates.Root.ExportCertificatePem()),
        };
        if (setting is var (name, value))
        {
            all[name] = value;
        }

        return new(Accounts.Of(PaymentChannelCode.UnionPay, all, new FakeTimeProvider(_now), isProduction));
    }

    private string Write(string name, string text) =>
        Accounts.Write(_folder, name, Encoding.UTF8.GetBytes(text));

    /// <summary>The key that the vectors were computed with.</summary>
    private static RSA ToyKey()
    {
        var p = Number("3GFECbQnYaS2aBRgM1p+X25049O89YB2BZfHk+Ttzfk=");
        var q = Number("x1H9cbRzPYNiKUa/THAZiL0YYPJfoMnyhdpS3kaZP08=");
        BigInteger e = 65537;
        var phi = (p - 1) * (q - 1);
        var d = Inverse(e, phi);
        return RSA.Create(
            new RSAParameters
            {
                Modulus = Bytes(p * q, 64),
                Exponent = [1, 0, 1],
                D = Bytes(d, 64),
                P = Bytes(p, 32),
                Q = Bytes(q, 32),
                DP = Bytes(d % (p - 1), 32),
                DQ = Bytes(d % (q - 1), 32),
                InverseQ = Bytes(Inverse(q, p), 32),
            }
        );

        static BigInteger Number(string base64) => new(Convert.FromBase64String(base64), true, true);

        static BigInteger Inverse(BigInteger of, BigInteger by)
        {
            var (a, b, x, y) = (of, by, BigInteger.One, BigInteger.Zero);
            while (b != 0)
            {
                var times = BigInteger.Divide(a, b);
                (a, b, x, y) = (b, a - times * b, y, x - times * y);
            }

            return (x + by) % by;
        }

        static byte[] Bytes(BigInteger number, int length)
        {
            var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
            return [.. new byte[length - bytes.Length], .. bytes];
        }
    }
}
