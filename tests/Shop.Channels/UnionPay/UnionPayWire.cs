using System.Collections.Immutable;
using System.Globalization;
using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Channels.Notices;
using Shop.Channels.Wires;

namespace Shop.Channels.UnionPay;

/// <summary>UnionPay's wire, ACP 5.1.0.</summary>
public sealed partial class UnionPayWire : Wire
{
    /// <summary>The merchant's number.</summary>
    public const string Merchant = "700000000000001";

    private const string Root = "/union-pay/gateway/api";

    private readonly Lock _lock = new();
    private readonly UnionPayKeys _keys;
    private int _lastId;

    /// <summary>Makes its keys.</summary>
    public UnionPayWire(World world)
        : base(world) => _keys = new(world.Keys, world.Clock.GetUtcNow());

    /// <inheritdoc />
    public override string Channel => "union-pay";

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["Channel"] = "UnionPay",
            ["Address"] = new Uri(World.Address, "union-pay/").AbsoluteUri,
            ["Merchant"] = Merchant,
            ["CertificateFile"] = _keys.MerchantFile,
            ["RootFiles:0"] = _keys.RootFile,
            ["MiddleFiles:0"] = _keys.MiddleFile,
        };

    /// <inheritdoc />
    public override IReadOnlyList<TimeSpan> Pauses { get; } =
    [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5)];

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{Root}/frontTransReq.do", FrontAsync);
        routes.MapPost($"{Root}/backTransReq.do", http => CallAsync(http, Back));
        routes.MapPost($"{Root}/appTransReq.do", http => CallAsync(http, App));
        routes.MapPost($"{Root}/queryTrans.do", http => CallAsync(http, Query));
        routes.MapPost("/union-pay/filedownload/", http => CallAsync(http, File));
    }

    /// <inheritdoc />
    public override Trade Pay(string outNo)
    {
        var trade = MarkPaid(outNo);
        World.Notices.Tell(this, "paid", trade);
        return trade;
    }

    /// <inheritdoc />
    public override Trade Decline(string outNo) =>
        // What failed is not told.
        World.Trades.Change(
            Channel,
            outNo,
            open => open.Status == TradeStatus.Open ? open with { Status = TradeStatus.Declined } : open
        );

    /// <inheritdoc />
    public override string NoticeId(int number, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{number}");

    /// <inheritdoc />
    public override HttpRequestMessage Write(Notice notice)
    {
        var fields = Told(notice.Trade, notice.Refund);
        switch (notice.Fault)
        {
            case NoticeFault.OtherAmount:
                fields["txnAmt"] = (long.Parse(fields["txnAmt"], CultureInfo.InvariantCulture) - 1).ToString(
                    CultureInfo.InvariantCulture
                );
                break;
            case NoticeFault.OtherOrder:
                fields["orderId"] += "9";
                break;
            case NoticeFault.OtherMerchant:
                fields["merId"] = "700000000000002";
                break;
            case NoticeFault.OtherToken:
                fields["reqReserved"] += "9";
                break;
        }

        fields.Sign(notice.Fault == NoticeFault.Forged ? _keys.Forger : _keys.Signer);
        return new(HttpMethod.Post, notice.Trade.NotifyUrl) { Content = new FormUrlEncodedContent(fields) };
    }

    /// <inheritdoc />
    public override bool IsTaken(int status, string body) => status == 200;

    private static UnionPayFields Told(Trade trade, TradeRefund? refund)
    {
        var notes = refund?.Notes ?? trade.Notes;
        var at = refund?.At ?? trade.PaidAt ?? trade.OpenedAt;
        var minor = (refund?.Minor ?? trade.Minor).ToString(CultureInfo.InvariantCulture);
        var fields = new UnionPayFields
        {
            ["version"] = "5.1.0",
            ["encoding"] = "UTF-8",
            ["signMethod"] = "01",
            ["txnType"] = refund is null ? "01" : "04",
            ["txnSubType"] = refund is null ? trade.Notes["subType"] : "00",
            ["bizType"] = trade.Notes["business"],
            ["accessType"] = "0",
            ["merId"] = Merchant,
            ["orderId"] = refund?.OutNo ?? trade.OutNo,
            ["txnTime"] = notes["txnTime"],
            ["txnAmt"] = minor,
            ["currencyCode"] = "156",
            ["reqReserved"] = trade.Token ?? "",
            ["queryId"] = refund?.Reference ?? trade.Reference,
            ["respCode"] = "00",
            ["respMsg"] = "成功[0000000]",
            ["settleAmt"] = minor,
            ["settleCurrencyCode"] = "156",
            ["settleDate"] = UnionPayRules.Text(at.AddHours(1), "MMdd"),
            ["traceNo"] = (refund?.Reference ?? trade.Reference)[^6..],
            ["traceTime"] = UnionPayRules.Text(at, "MMddHHmmss"),
        };
        if (refund is not null)
        {
            fields["origQryId"] = trade.Reference;
        }

        return fields;
    }

    private string NextQueryId() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{UnionPayRules.Text(World.Clock.GetUtcNow())}{Interlocked.Increment(ref _lastId) % 10_000_000:d7}"
        );

    private static async Task<UnionPayFields> ReadAsync(HttpContext http) =>
        new(
            (await http.Request.ReadFormAsync()).Select(field =>
                KeyValuePair.Create(field.Key, field.Value.ToString())
            )
        );

    // The code of what is wrong with a message of the merchant's, or null.
    private string? Refuse(UnionPayFields message) =>
        message.Text("certId") != _keys.MerchantId || !message.IsSignedBy(_keys.Merchant)
            ? "11"
            : UnionPayRules.Refuse(message, World.Clock.GetUtcNow());

    private async Task CallAsync(HttpContext http, Func<UnionPayFields, UnionPayFields, string> make)
    {
        var message = await ReadAsync(http);
        var number = message.Text("orderId");
        var trade = World.Trades.All.FirstOrDefault(trade =>
            trade.Channel == Channel
            && (
                trade.OutNo == number
                || trade.Reference == message.Text("origQryId")
                || trade.Refunds.Any(refund => refund.OutNo == number)
            )
        );
        var verb = message.Text("txnType") switch
        {
            "00" when trade is not null && trade.OutNo != number => "refund-query",
            "00" => "query",
            "04" => "refund",
            "76" => "bill",
            _ => "begin",
        };
        await ServeAsync(http, verb, trade?.OutNo ?? number, fault => Answer(message, fault, make));
    }

    private WireAnswer Answer(
        UnionPayFields message,
        CallFault fault,
        Func<UnionPayFields, UnionPayFields, string> make
    )
    {
        string[] echoes =
        [
            "version",
            "encoding",
            "signMethod",
            "txnType",
            "txnSubType",
            "bizType",
            "accessType",
            "merId",
            "orderId",
            "txnTime",
        ];
        var answer = new UnionPayFields(message.Where(field => echoes.Contains(field.Key)));
        lock (_lock)
        {
            var code =
                fault.Kind == CallFaultKind.Refuse ? fault.Code! : Refuse(message) ?? make(message, answer);
            answer["respCode"] = code;
            answer["respMsg"] = code == "00" ? "成功[0000000]" : $"失败[{code}]";
        }

        answer.Sign(fault.Kind == CallFaultKind.WronglySigned ? _keys.Forger : _keys.Signer);
        switch (fault.Kind)
        {
            case CallFaultKind.NotSigned:
                answer.Remove("signature");
                break;
            case CallFaultKind.Tampered:
                answer["respMsg"] += " ";
                break;
        }

        return new(200, "text/html;charset=UTF-8", answer.ToString());
    }

    // The customer's browser brings the form, and is sent to the counter.
    private async Task FrontAsync(HttpContext http)
    {
        var message = await ReadAsync(http);
        string code;
        lock (_lock)
        {
            code =
                Refuse(message) ?? (message.Text("txnSubType") == "01" ? Open(message, isFront: true) : "10");
        }

        if (code != "00")
        {
            await new WireAnswer(400, "text/plain", $"respCode {code}").WriteAsync(http.Response);
            return;
        }

        var (trade, back) = (message.Text("orderId"), message.Text("frontUrl"));
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location =
            $"/?trade={Uri.EscapeDataString(trade)}&redirect_url={Uri.EscapeDataString(back)}";
    }
}
