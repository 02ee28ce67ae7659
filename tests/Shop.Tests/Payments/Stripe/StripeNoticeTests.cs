using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Stripe;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments.Stripe;

/// <summary>What Stripe sends by itself: the public vector, and what is not from Stripe.</summary>
public sealed class StripeNoticeTests
{
    private const string Vector =
        """{"id":"evt_1","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","object":"payment_intent","amount_received":12990,"currency":"eur","status":"succeeded"}}}""";

    private const string VectorMac = "b22c5a1d173c6e81d9de44e411cfaaf8aee7c7242aef5181bd800836fc6a89a2";
    private const long VectorTime = 1767225801;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(VectorTime));
    private readonly string _folder = RunFolder.Make("stripe");

    [Fact]
    public void The_vector_verifies() =>
        // Its intent names no payment of the shop.
        Assert.IsType<NoticeReading.Ignored>(Read(Vector, $"t={VectorTime},v1={VectorMac}"));

    [Theory]
    [InlineData("evt_1", "evt_2")]
    [InlineData("12990", "12991")]
    [InlineData("{\"id\"", "{ \"id\"")]
    public void Another_text_than_what_was_signed_is_forged(string from, string to) =>
        Assert.IsType<NoticeReading.Forged>(Read(Vector.Replace(from, to), $"t={VectorTime},v1={VectorMac}"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1767225801")]
    [InlineData("v1=b22c5a1d173c6e81d9de44e411cfaaf8aee7c7242aef5181bd800836fc6a89a2")]
    [InlineData("t=1767225802,v1=b22c5a1d173c6e81d9de44e411cfaaf8aee7c7242aef5181bd800836fc6a89a2")]
    [InlineData("t=1767225801,v0=b22c5a1d173c6e81d9de44e411cfaaf8aee7c7242aef5181bd800836fc6a89a2")]
    [InlineData("t=1767225801,v1=B22C5A1D173C6E81D9DE44E411CFAAF8AEE7C7242AEF5181BD800836FC6A89A2")]
    [InlineData("t=1767225801,v1=b22c5a1d173c6e81d9de44e411cfaaf8aee7c7242aef5181bd800836fc6a89a")]
    public void Another_signature_is_forged(string? header) =>
        Assert.IsType<NoticeReading.Forged>(Read(Vector, header));

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void Older_or_farther_ahead_than_five_minutes_is_refused(int seconds, bool isTaken)
    {
        _clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(VectorTime + 1000));
        var at = VectorTime + 1000 - seconds;

        Assert.Equal(isTaken, Read(Vector, Header(Vector, "whsec_vector", at)) is NoticeReading.Ignored);
    }

    [Fact]
    public void Either_secret_verifies_while_it_is_changed_and_the_old_one_no_more_when_it_is_gone()
    {
        var old = Header(Vector, "whsec_vector", VectorTime);
        var fresh = Header(Vector, "whsec_fresh", VectorTime);
        var both = $"{old},{fresh.Split(',')[1]}";

        Assert.IsType<NoticeReading.Ignored>(Read(Vector, old, "whsec_fresh", "whsec_vector"));
        Assert.IsType<NoticeReading.Ignored>(Read(Vector, fresh, "whsec_vector", "whsec_fresh"));
        Assert.IsType<NoticeReading.Ignored>(Read(Vector, both, "whsec_fresh"));
        Assert.IsType<NoticeReading.Forged>(Read(Vector, old, "whsec_fresh"));
    }

    [Fact]
    public void A_secret_that_is_replaced_in_its_file_is_taken_without_a_restart()
    {
        var channel = Channel("whsec_vector");
        var path = Path.Combine(_folder, "webhook0");
        File.WriteAllText(path, "whsec_fresh\n");
        File.SetLastWriteTimeUtc(path, new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.IsType<NoticeReading.Ignored>(
            Read(channel, Vector, Header(Vector, "whsec_fresh", VectorTime))
        );
        Assert.IsType<NoticeReading.Forged>(
            Read(channel, Vector, Header(Vector, "whsec_vector", VectorTime))
        );
    }

    [Fact]
    public void A_payment_is_read_with_all_that_is_compared()
    {
        var told = OfPayment("payment_intent.succeeded", "succeeded");

        Assert.Equal(
            new NoticeReading.OfPayment(
                "evt_7",
                "S7301884201664513",
                new Finding.Paid(
                    new(
                        "S7301884201664513",
                        "pi_1",
                        12990,
                        "EUR",
                        PaidAt: DateTimeOffset.FromUnixTimeSeconds(1767225800),
                        Token: "T"
                    )
                )
            ),
            told
        );
    }

    [Theory]
    [InlineData("payment_intent.payment_failed", "requires_payment_method", typeof(Finding.Waiting))]
    [InlineData("payment_intent.canceled", "canceled", typeof(Finding.Closed))]
    [InlineData("payment_intent.amount_capturable_updated", "requires_capture", typeof(Finding.Held))]
    public void The_intents_own_status_says_what_became_of_it(string type, string status, Type finding) =>
        Assert.IsType(finding, Assert.IsType<NoticeReading.OfPayment>(OfPayment(type, status)).Finding);

    [Fact]
    public void A_kind_of_event_that_the_shop_does_not_care_for_is_ignored() =>
        Assert.IsType<NoticeReading.Ignored>(OfPayment("payment_intent.created", "requires_payment_method"));

    [Fact]
    public void An_amount_that_the_shop_cannot_say_is_not_guessed() =>
        Assert.IsType<Finding.Unknown>(
            Assert
                .IsType<NoticeReading.OfPayment>(
                    OfPayment("payment_intent.succeeded", "succeeded", amount: 12950, currency: "ugx")
                )
                .Finding
        );

    [Theory]
    [InlineData("succeeded", typeof(RefundFinding.Done))]
    [InlineData("pending", typeof(RefundFinding.Accepted))]
    [InlineData("requires_action", typeof(RefundFinding.Accepted))]
    [InlineData("failed", typeof(RefundFinding.Refused))]
    [InlineData("canceled", typeof(RefundFinding.Refused))]
    public void A_refund_is_read_with_its_payment(string status, Type finding)
    {
        var told = Assert.IsType<NoticeReading.OfRefund>(
            ReadSigned(
                $$"""{"id":"evt_8","type":"refund.updated","data":{"object":{"id":"re_1","object":"refund","amount":2990,"currency":"eur","payment_intent":"pi_1","status":"{{status}}","metadata":{"refund":"SR1","out_no":"S1"} } } }"""
            )
        );

        Assert.Equal(
            ("evt_8", "S1", "SR1", 2990L, "pi_1"),
            (told.Key, told.PaymentOutNo, told.OutNo, told.Minor, told.PaymentReference)
        );
        Assert.IsType(finding, told.Finding);
    }

    [Fact]
    public void A_refund_that_was_made_at_stripes_desk_names_its_payment_by_stripes_number()
    {
        var told = Assert.IsType<NoticeReading.OfRefund>(
            ReadSigned(
                """{"id":"evt_9","type":"refund.created","data":{"object":{"id":"re_2","amount":100,"currency":"eur","payment_intent":"pi_1","status":"succeeded","metadata":{}}}}"""
            )
        );

        Assert.Equal((null, null, "pi_1"), (told.PaymentOutNo, told.OutNo, told.PaymentReference));
    }

    [Fact]
    public void A_dispute_is_told()
    {
        Assert.Equal(
            new NoticeReading.OfDispute(
                "evt_10",
                "pi_1",
                "charge.dispute.created: fraudulent, needs_response, 129.90 EUR"
            ),
            ReadSigned(
                """{"id":"evt_10","type":"charge.dispute.created","data":{"object":{"id":"dp_1","amount":12990,"currency":"eur","payment_intent":"pi_1","reason":"fraudulent","status":"needs_response"}}}"""
            )
        );
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","data":null}""")]
    public void What_is_signed_but_no_event_is_refused(string body) =>
        Assert.IsType<NoticeReading.Forged>(ReadSigned(body));

    private NoticeReading OfPayment(
        string type,
        string status,
        long amount = 12990,
        string currency = "eur"
    ) =>
        ReadSigned(
            $$"""{"id":"evt_7","type":"{{type}}","created":1767225800,"data":{"object":{"id":"pi_1","object":"payment_intent","amount":{{amount}},"amount_received":{{amount}},"amount_capturable":{{amount}},"currency":"{{currency}}","status":"{{status}}","metadata":{"out_no":"S7301884201664513","token":"T"} } } }"""
        );

    private NoticeReading ReadSigned(string body) => Read(body, Header(body, "whsec_vector", VectorTime));

    private NoticeReading Read(string body, string? header, params string[] secrets) =>
        Read(Channel(secrets is [] ? ["whsec_vector"] : secrets), body, header);

    private static NoticeReading Read(StripeChannel channel, string body, string? header) =>
        channel.ReadNotice(name => name == "Stripe-Signature" ? header : null, Encoding.UTF8.GetBytes(body));

    private StripeChannel Channel(params string[] secrets)
    {
        var settings = new Dictionary<string, string?>
        {
            ["SecretKeyFile"] = Accounts.Write(_folder, "key", "sk_test_1"u8.ToArray()),
            ["PublishableKey"] = "pk_test_1",
        };
        foreach (var (at, secret) in secrets.Index())
        {
            settings[$"WebhookSecretFiles:{at}"] = Accounts.Write(
                _folder,
                $"webhook{at}",
                Encoding.ASCII.GetBytes(secret)
            );
        }

        return new(Accounts.Of(PaymentChannelCode.Stripe, settings, _clock));
    }

    private static string Header(string body, string secret, long at)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{at}.{body}");
        var mac = HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.UTF8.GetBytes(text));
        return string.Create(CultureInfo.InvariantCulture, $"t={at},v1={Convert.ToHexStringLower(mac)}");
    }
}
