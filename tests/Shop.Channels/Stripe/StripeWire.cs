using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Channels.Notices;
using Shop.Channels.Wires;

namespace Shop.Channels.Stripe;

/// <summary>Stripe's wire. Amounts in its book are in Stripe's own smallest units.</summary>
public sealed partial class StripeWire : Wire
{
    private const string Root = "/stripe/v1";

    private readonly Lock _lock = new();
    private readonly StripeKeys _keys;
    private readonly ConcurrentDictionary<string, string> _outNos = [];
    private readonly string _key = $"sk_test_{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
    private readonly string _secret = $"whsec_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
    private readonly string _run = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly string _keyFile;
    private readonly string _secretFile;
    private int _lastId;

    /// <summary>Makes its keys.</summary>
    public StripeWire(World world)
        : base(world)
    {
        _keys = new(world.Clock);
        _keyFile = world.Keys.Write("stripe-key", _key);
        _secretFile = world.Keys.Write("stripe-webhook", _secret);
    }

    /// <inheritdoc />
    public override string Channel => "stripe";

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["Channel"] = "Stripe",
            ["Address"] = new Uri(World.Address, "stripe/").AbsoluteUri,
            ["SecretKeyFile"] = _keyFile,
            ["PublishableKey"] = "pk_test_simulated",
            ["WebhookSecretFiles:0"] = _secretFile,
        };

    /// <inheritdoc />
    public override IReadOnlyList<TimeSpan> Pauses { get; } =
    [
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        .. Enumerable.Repeat(TimeSpan.FromHours(12), 4),
    ];

    /// <summary>Whether new refunds wait for the bank, until <see cref="EndRefund"/>.</summary>
    public bool HoldsRefunds { get; set; }

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{Root}/payment_intents", http => PostAsync(http, "begin", Create));
        routes.MapGet($"{Root}/payment_intents/{{id}}", http => GetAsync(http, "query", _ => Intent(http)));
        routes.MapPost(
            $"{Root}/payment_intents/{{id}}/cancel",
            http => PostAsync(http, "close", _ => Cancel(http))
        );
        routes.MapPost(
            $"{Root}/payment_intents/{{id}}/capture",
            http => PostAsync(http, "capture", form => Capture(http, form))
        );
        routes.MapPost($"{Root}/refunds", http => PostAsync(http, "refund", Refund));
        routes.MapGet($"{Root}/refunds", http => GetAsync(http, "refund-query", Refunds));
        routes.MapGet($"{Root}/refunds/{{id}}", http => GetAsync(http, "refund-query", _ => Refund(http)));
        routes.MapGet($"{Root}/balance_transactions", http => GetAsync(http, "bill", Balance));
    }

    /// <inheritdoc />
    public override Trade Pay(string outNo)
    {
        var isHeld = World.Trades.Get(Channel, outNo).Notes[StripeNotes.Capture] == "manual";
        var trade = isHeld
            ? World.Trades.Change(
                Channel,
                outNo,
                open =>
                    open.Status is TradeStatus.Open or TradeStatus.Declined
                        ? open with
                        {
                            Status = TradeStatus.Held,
                        }
                        : throw new InvalidOperationException($"{outNo} can't be paid: it is {open.Status}.")
            )
            : MarkPaid(outNo);
        Tell(isHeld ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded", trade);
        return trade;
    }

    /// <inheritdoc />
    public override Trade Decline(string outNo)
    {
        var trade = World.Trades.Change(
            Channel,
            outNo,
            open => open.Status == TradeStatus.Open ? open with { Status = TradeStatus.Declined } : open
        );
        Tell("payment_intent.payment_failed", trade);
        return trade;
    }

    /// <summary>Gives money back at Stripe's own desk, where the shop's numbers are not known.</summary>
    public TradeRefund RefundAtDesk(string outNo, long minor)
    {
        var refund = new TradeRefund("", NextId("re"), minor, World.Clock.GetUtcNow());
        var trade = World.Trades.Change(
            Channel,
            outNo,
            paid => paid with { Refunds = paid.Refunds.Add(refund) }
        );
        Tell("refund.created", trade, refund);
        return refund;
    }

    /// <summary>A refund comes to its end, or fails, be it after it was done.</summary>
    public TradeRefund EndRefund(string outNo, string reference, bool isDone)
    {
        TradeRefund? ended = null;
        var trade = World.Trades.Change(
            Channel,
            outNo,
            paid =>
            {
                var refund = paid.Refunds.Single(refund => refund.Reference == reference);
                ended = refund with { Status = isDone ? RefundStatus.Succeeded : RefundStatus.Failed };
                return paid with { Refunds = paid.Refunds.Replace(refund, ended) };
            }
        );
        Tell(isDone ? "refund.updated" : "refund.failed", trade, ended);
        return ended!;
    }

    /// <summary>The customer disputes the payment with their bank.</summary>
    public void Dispute(string outNo) => Tell("charge.dispute.created", World.Trades.Get(Channel, outNo));

    /// <inheritdoc />
    public override string NoticeId(int number, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"evt_{_run}{number:d8}");

    /// <inheritdoc />
    public override HttpRequestMessage Write(Notice notice)
    {
        var body = StripeEvents.Write(notice);
        var at = notice.Fault switch
        {
            NoticeFault.Old => World.Clock.GetUtcNow().AddHours(-1),
            NoticeFault.Ahead => World.Clock.GetUtcNow().AddHours(1),
            _ => World.Clock.GetUtcNow(),
        };
        var secret = notice.Fault == NoticeFault.Forged ? "whsec_another" : _secret;
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(World.ShopAddress ?? World.Address, "payments/notify/stripe/stripe")
        )
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", StripeEvents.Sign(body, secret, at));
        return request;
    }

    /// <inheritdoc />
    public override bool IsTaken(int status, string body) => status is >= 200 and < 300;

    internal static WireAnswer Refuse(StripeFault fault, JsonObject? intent = null) =>
        new(fault.Status, "application/json", StripeObjects.Error(fault, intent).ToJsonString());

    // Its notices go to one address for the whole account.
    private void Tell(string what, Trade trade, TradeRefund? refund = null)
    {
        if (World.ShopAddress is not null)
        {
            World.Notices.Tell(this, what, trade, refund);
        }
    }

    private string NextId(string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}_{_run}{Interlocked.Increment(ref _lastId):d8}");

    private async Task PostAsync(
        HttpContext http,
        string verb,
        Func<ImmutableSortedDictionary<string, string>, WireAnswer> make
    )
    {
        var form = (await http.Request.ReadFormAsync()).ToImmutableSortedDictionary(
            field => field.Key,
            field => field.Value.ToString(),
            StringComparer.Ordinal
        );
        var key = http.Request.Headers["Idempotency-Key"].FirstOrDefault();
        var text = http.Request.Path + string.Join('&', form.Select(field => $"{field.Key}={field.Value}"));
        await ServeAsync(
            http,
            verb,
            OutNoOf(http, form),
            fault =>
                Checked(
                    http,
                    fault,
                    () =>
                        key is { Length: > 255 }
                            ? Refuse(new("invalid_request"))
                            : _keys.Answer(
                                key,
                                text,
                                () => make(form),
                                fault.Kind == CallFaultKind.ErrorAfter ? _broken : null
                            )
                )
        );
    }

    private Task GetAsync(HttpContext http, string verb, Func<IQueryCollection, WireAnswer> make) =>
        ServeAsync(
            http,
            verb,
            OutNoOf(http, ImmutableSortedDictionary<string, string>.Empty),
            fault => Checked(http, fault, () => make(http.Request.Query))
        );

    private static readonly WireAnswer _broken = new(
        500,
        "application/json",
        """{"error":{"type":"api_error","message":"Something went wrong."}}"""
    );

    private WireAnswer Checked(HttpContext http, CallFault fault, Func<WireAnswer> make)
    {
        if (http.Request.Headers.Authorization != $"Bearer {_key}")
        {
            return new(401, "application/json", """{"error":{"type":"invalid_request_error"}}""");
        }

        if (http.Request.Headers["Stripe-Version"].ToString().Length < "2025-03-31".Length)
        {
            return Refuse(new("invalid_request", "Stripe-Version"));
        }

        lock (_lock)
        {
            return fault.Kind switch
            {
                CallFaultKind.Refuse => Refuse(new(fault.Code!)),
                // Stripe signs no answer: what comes from elsewhere is no JSON.
                CallFaultKind.NotSigned
                or CallFaultKind.WronglySigned
                or CallFaultKind.Tampered when make() is var done => done with
                {
                    Body = "<html></html>"u8.ToArray(),
                },
                _ => make(),
            };
        }
    }

    private string? OutNoOf(HttpContext http, ImmutableSortedDictionary<string, string> form) =>
        form.GetValueOrDefault("metadata[out_no]")
        ?? _outNos.GetValueOrDefault(
            http.GetRouteValue("id")?.ToString()
                ?? form.GetValueOrDefault("payment_intent")
                ?? http.Request.Query["payment_intent"].ToString()
        );
}
