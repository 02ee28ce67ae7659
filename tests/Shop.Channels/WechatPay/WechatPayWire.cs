using System.Globalization;
using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Channels.Notices;
using Shop.Channels.Wires;

namespace Shop.Channels.WechatPay;

/// <summary>
/// WeChat Pay, API v3. A refund that is planned to be refused with ABNORMAL or CLOSED is taken up, and ends so; any other ends
/// well at once.
/// </summary>
public sealed partial class WechatPayWire : Wire
{
    /// <summary>As it stands in addresses.</summary>
    public const string Name = "wechat-pay";

    private const string Merchant = "1900000001";
    private static readonly string[] _apps = ["wx0000000000000001", "wx0000000000000002"];

    private readonly WechatPayKeyring _keys;
    private readonly WechatPayDesk _desk;
    private readonly WechatPayRefundDesk _refunds;
    private readonly WechatPayBills _bills;
    private readonly WechatPaySeal _seal;
    private readonly WechatPayLetter _letter;

    /// <summary>Makes its keys.</summary>
    public WechatPayWire(World world)
        : base(world)
    {
        _keys = new(world);
        _desk = new(world, Merchant, _apps);
        _refunds = new(world, _desk);
        _bills = new(world, Merchant);
        _seal = new(_keys, world.Clock);
        _letter = new(_keys, _seal, world.Clock, Merchant);
    }

    /// <summary>By whose clock it writes.</summary>
    internal static TimeSpan Beijing { get; } = TimeSpan.FromHours(8);

    /// <inheritdoc />
    public override string Channel => Name;

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(_keys.Settings)
        {
            ["Channel"] = "WechatPay",
            ["Address"] = World.Address.ToString(),
            ["Merchant"] = Merchant,
            ["App"] = _apps[0],
            ["MobileApp"] = _apps[1],
        };

    /// <inheritdoc />
    public override IReadOnlyList<TimeSpan> Pauses { get; } =
    [
        .. new[]
        {
            15,
            15,
            30,
            180,
            600,
            1200,
            1800,
            1800,
            1800,
            3600,
            10800,
            10800,
            10800,
            21600,
            21600,
        }.Select(seconds => TimeSpan.FromSeconds(seconds)),
    ];

    /// <summary>Which of its keys signs.</summary>
    public WechatPaySigningKey SigningKey
    {
        get => _keys.SigningKey;
        set => _keys.SigningKey = value;
    }

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder routes)
    {
        const string trades = "/v3/pay/transactions/out-trade-no/{outNo}";
        const string refunds = "/v3/refund/domestic/refunds";
        foreach (var product in new[] { "jsapi", "native", "h5", "app" })
        {
            routes.MapPost(
                $"/v3/pay/transactions/{product}",
                http => TakeAsync(http, "begin", (call, _) => _desk.Begin(call, product))
            );
        }

        routes.MapGet(
            trades,
            (HttpContext http, string outNo) =>
                TakeAsync(http, "query", (_, _) => _desk.Query(outNo, http.Request.Query["mchid"]), outNo)
        );
        routes.MapPost(
            $"{trades}/close",
            (HttpContext http, string outNo) =>
                TakeAsync(
                    http,
                    "close",
                    (call, _) =>
                    {
                        _desk.Close(call, outNo);
                        return null;
                    },
                    outNo
                )
        );
        routes.MapPost(refunds, http => TakeAsync(http, "refund", Refund));
        routes.MapGet(
            $"{refunds}/{{outRefundNo}}",
            (HttpContext http, string outRefundNo) =>
                TakeAsync(http, "refund-query", (_, _) => Shown(_refunds.Query(outRefundNo)))
        );
        routes.MapGet(
            "/v3/certificates",
            http => TakeAsync(http, "certificates", (_, _) => _keys.Certificates)
        );
        routes.MapGet(
            "/v3/bill/tradebill",
            (HttpContext http, string bill_date, string bill_type, string tar_type) =>
                TakeAsync(http, "bill", (_, _) => _bills.Tell(bill_date, bill_type, tar_type))
        );
        routes.MapGet(
            "/v3/billdownload/file",
            (HttpContext http, string token) =>
                TakeAsync(
                    http,
                    "bill-download",
                    (_, fault) => _bills.Packed(token, fault.Kind == CallFaultKind.Tampered)
                )
        );
    }

    /// <inheritdoc />
    public override Trade Pay(string outNo)
    {
        var paid = MarkPaid(outNo);
        World.Notices.Tell(this, "TRANSACTION.SUCCESS", paid);
        return paid;
    }

    /// <inheritdoc />
    public override Trade Decline(string outNo) =>
        // The customer may try again, and nobody is told.
        World.Trades.Change(Name, outNo, trade => trade with { Status = TradeStatus.Declined });

    /// <summary>A person gives money back at the merchant's own desk.</summary>
    public TradeRefund RefundByHand(string outNo, long minor)
    {
        var (trade, refund) = _refunds.ByHand(outNo, minor);
        World.Notices.Tell(this, "REFUND.SUCCESS", trade, refund);
        return refund;
    }

    /// <inheritdoc />
    public override string NoticeId(int number, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"EV-{at:yyyyMMddHHmmss}-{number:D12}");

    /// <inheritdoc />
    public override HttpRequestMessage Write(Notice notice) => _letter.Write(notice);

    /// <inheritdoc />
    public override bool IsTaken(int status, string body) => status is 200 or 204;
}
