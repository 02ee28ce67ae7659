using System.Globalization;
using Shop.Channels.Books;
using Shop.Channels.Notices;
using Shop.Channels.Wires;

namespace Shop.Channels.Alipay;

/// <summary>Alipay's open platform. A refusal that is planned with 20000 is of that code; any other is a sub-code of 40004.</summary>
public sealed partial class AlipayWire : Wire
{
    /// <summary>As it stands in addresses.</summary>
    public const string Name = "alipay";

    private const string Merchant = "2088000000000001";
    private const string App = "2021000000000001";

    private readonly AlipayKeyring _keys;
    private readonly AlipayDesk _desk;
    private readonly AlipayRefundDesk _refunds;
    private readonly AlipayBills _bills;
    private readonly AlipayLetter _letter;

    /// <summary>Makes its keys.</summary>
    public AlipayWire(World world)
        : base(world)
    {
        _keys = new(world);
        _desk = new(world);
        _refunds = new(world, _desk);
        _bills = new(world);
        _letter = new(_keys, world.Clock, Merchant, App);
    }

    /// <summary>By whose clock it writes.</summary>
    internal static TimeSpan Beijing { get; } = TimeSpan.FromHours(8);

    /// <inheritdoc />
    public override string Channel => Name;

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, string> Settings => WithAccount(_keys.Settings);

    /// <summary>The settings of an account with certificates in place of keys.</summary>
    public IReadOnlyDictionary<string, string> CertificateSettings => WithAccount(_keys.CertificateSettings);

    /// <inheritdoc />
    public override IReadOnlyList<TimeSpan> Pauses { get; } =
    [
        TimeSpan.FromMinutes(4),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(15),
    ];

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/gateway.do", TakeAsync);
        routes.MapGet("/gateway.do", (HttpRequest request) => Come(request));
        routes.MapGet(
            "/alipay/bill",
            (HttpContext http, string day, long until) =>
                ServeAsync(http, "bill-download", null, fault => Download(day, until, fault))
        );
    }

    /// <inheritdoc />
    public override Trade Pay(string outNo)
    {
        var paid = MarkPaid(outNo);
        World.Notices.Tell(this, "TRADE_SUCCESS", paid);
        return paid;
    }

    /// <inheritdoc />
    public override Trade Decline(string outNo) =>
        // The customer may try again, and nobody is told.
        World.Trades.Change(Name, outNo, trade => trade with { Status = TradeStatus.Declined });

    /// <summary>Months go by: a payment can't go back any more.</summary>
    public Trade Finish(string outNo)
    {
        var trade = World.Trades.Change(
            Name,
            outNo,
            trade => trade with { Notes = trade.Notes.SetItem("finished", "") }
        );
        World.Notices.Tell(this, "TRADE_FINISHED", trade);
        return trade;
    }

    /// <summary>A person gives money back at the merchant's own desk.</summary>
    public TradeRefund RefundByHand(string outNo, long minor)
    {
        var (trade, refund) = _refunds.ByHand(outNo, minor);
        TellRefund(trade, refund);
        return refund;
    }

    /// <inheritdoc />
    public override string NoticeId(int number, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.ToOffset(Beijing):yyyyMMdd}00222{number:D20}");

    /// <inheritdoc />
    public override HttpRequestMessage Write(Notice notice) => _letter.Write(notice);

    /// <inheritdoc />
    public override bool IsTaken(int status, string body) => status == 200 && body == "success";

    private Dictionary<string, string> WithAccount(IReadOnlyDictionary<string, string> keys) =>
        new(keys)
        {
            ["Channel"] = "Alipay",
            ["Address"] = $"{World.Address}gateway.do",
            ["Merchant"] = Merchant,
            ["App"] = App,
        };

    private async Task TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var call = new AlipayCall(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        var verb = call.Method switch
        {
            "alipay.trade.precreate" => "begin",
            "alipay.trade.query" => "query",
            "alipay.trade.close" => "close",
            "alipay.trade.refund" => "refund",
            "alipay.trade.fastpay.refund.query" => "refund-query",
            _ => "bill",
        };
        await ServeAsync(http, verb, call.OutNo, fault => Answer(call, fault));
    }

    // Where a browser comes with what the shop has signed: to the counter, on which a person pays.
    private IResult Come(HttpRequest request)
    {
        var call = new AlipayCall(
            request.Query.ToDictionary(field => field.Key, field => field.Value.ToString())
        );
        try
        {
            call.Check(_keys, App, World.Clock.GetUtcNow());
            var trade = _desk.Come(call);
            return Results.Redirect(
                $"/?trade={trade.OutNo}&redirect_url={Uri.EscapeDataString(call["return_url"])}"
            );
        }
        catch (AlipayRefusal refusal)
        {
            return Results.Text(refusal.Message, statusCode: 400);
        }
    }
}
