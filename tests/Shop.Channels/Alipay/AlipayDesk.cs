using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.Alipay;

/// <summary>Opens, shows and closes payments, as strict as Alipay is.</summary>
internal sealed partial class AlipayDesk(World world)
{
    private int _last = Wire.FirstNumber();

    /// <summary>Offers a payment by a code: until the customer scans it, there is none.</summary>
    public object Precreate(AlipayCall call)
    {
        var trade = Open(call, "FACE_TO_FACE_PAYMENT", TradeStatus.Offered);
        return new
        {
            code = "10000",
            msg = "Success",
            out_trade_no = trade.OutNo,
            qr_code = $"https://qr.alipay.com/{trade.Reference[^16..]}",
        };
    }

    /// <summary>The customer has come to Alipay's page, or into its app, with what the shop has signed.</summary>
    public Trade Come(AlipayCall call) =>
        Open(
            call,
            call.Method switch
            {
                "alipay.trade.page.pay" => "FAST_INSTANT_TRADE_PAY",
                "alipay.trade.wap.pay" => "QUICK_WAP_WAY",
                "alipay.trade.app.pay" => "QUICK_MSECURITY_PAY",
                _ => throw new AlipayRefusal("isv.invalid-method", "40002"),
            },
            TradeStatus.Open
        );

    /// <summary>Shows a payment.</summary>
    public object Query(AlipayCall call)
    {
        var trade = Known(call.Read<Asked>().OutTradeNo);
        var isPaid = trade.Status == TradeStatus.Paid;
        return new
        {
            code = "10000",
            msg = "Success",
            buyer_logon_id = "159****5620",
            buyer_user_id = "2088101117955611",
            out_trade_no = trade.OutNo,
            // A coupon of Alipay's pays a fen: who compares that with what was asked for is wrong.
            buyer_pay_amount = AlipayWords.Yuan(isPaid ? trade.PaidMinor - 1 : 0),
            receipt_amount = AlipayWords.Yuan(isPaid ? trade.PaidMinor - 1 : 0),
            send_pay_date = isPaid ? AlipayWords.Time(trade.PaidAt!.Value) : null,
            total_amount = AlipayWords.Yuan(trade.Minor),
            trade_no = trade.Reference,
            trade_status = AlipayWords.Status(trade, world.Clock.GetUtcNow()),
        };
    }

    /// <summary>Closes a payment, which has to be there and unpaid.</summary>
    public object Close(AlipayCall call)
    {
        var outNo = Known(call.Read<Asked>().OutTradeNo).OutNo;
        var trade = world.Trades.Change(
            AlipayWire.Name,
            outNo,
            trade =>
            {
                AlipayRefusal.Unless(
                    AlipayWords.Status(trade, world.Clock.GetUtcNow()) == "WAIT_BUYER_PAY",
                    "ACQ.TRADE_STATUS_ERROR"
                );
                return trade with { Status = TradeStatus.Closed };
            }
        );
        return new
        {
            code = "10000",
            msg = "Success",
            out_trade_no = outNo,
            trade_no = trade.Reference,
        };
    }

    /// <summary>A payment that the customer has come for.</summary>
    /// <exception cref="AlipayRefusal">There is none of that number.</exception>
    public Trade Known(string outNo) =>
        world.Trades.Find(AlipayWire.Name, outNo) is { Status: not TradeStatus.Offered } trade
            ? trade
            : throw new AlipayRefusal("ACQ.TRADE_NOT_EXIST");

    private Trade Open(AlipayCall call, string product, TradeStatus status)
    {
        var order = call.Read<Order>();
        Check(call, order, product);
        var now = world.Clock.GetUtcNow();
        var trade = world.Trades.Open(
            new Trade(
                AlipayWire.Name,
                order.OutTradeNo,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{now.ToOffset(AlipayWire.Beijing):yyyyMMdd}22001{Interlocked.Increment(ref _last):D15}"
                ),
                (long)(decimal.Parse(order.TotalAmount, CultureInfo.InvariantCulture) * 100),
                "CNY",
                call["notify_url"],
                order.PassbackParams,
                now,
                Time(order.TimeExpire)
            )
            {
                Status = status,
                Notes = new Dictionary<string, string>
                {
                    ["content"] = call.Content,
                    ["product"] = product,
                    ["subject"] = order.Subject,
                }.ToImmutableDictionary(),
            }
        );
        AlipayRefusal.Unless(trade.Notes["content"] == call.Content, "ACQ.CONTEXT_INCONSISTENT");
        AlipayRefusal.Unless(trade.Status != TradeStatus.Paid, "ACQ.TRADE_HAS_SUCCESS");
        AlipayRefusal.Unless(trade.Status != TradeStatus.Closed, "ACQ.TRADE_HAS_CLOSE");
        return trade;
    }

    private void Check(AlipayCall call, Order order, string product) =>
        AlipayRefusal.Unless(
            OutNo().IsMatch(order.OutTradeNo)
                && Amount().IsMatch(order.TotalAmount)
                && decimal.Parse(order.TotalAmount, CultureInfo.InvariantCulture)
                    is >= 0.01m
                        and <= 100_000_000m
                && order.Subject is { Length: > 0 and <= 256 }
                && order.Subject.AsSpan().IndexOfAny("/=&") < 0
                && order.ProductCode == product
                && order.PassbackParams is null or { Length: > 0 and <= 512 }
                && (order.QuitUrl is null || product == "QUICK_WAP_WAY")
                && Uri.TryCreate(call["notify_url"], UriKind.Absolute, out _)
                && Time(order.TimeExpire) > world.Clock.GetUtcNow(),
            "ACQ.INVALID_PARAMETER"
        );

    private static DateTimeOffset Time(string text) =>
        DateTime.TryParseExact(
            text,
            "yyyy-MM-dd HH:mm:ss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var at
        )
            ? new(at, AlipayWire.Beijing)
            : throw new AlipayRefusal("ACQ.INVALID_PARAMETER");

    [GeneratedRegex("^[0-9A-Za-z_]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex OutNo();

    [GeneratedRegex(@"^[0-9]{1,9}\.[0-9]{2}$", RegexOptions.None, 1000)]
    private static partial Regex Amount();

    private sealed record Asked(string OutTradeNo);

    private sealed record Order(
        string OutTradeNo,
        string TotalAmount,
        string Subject,
        string ProductCode,
        string TimeExpire,
        string? PassbackParams = null,
        string? QuitUrl = null
    );
}
