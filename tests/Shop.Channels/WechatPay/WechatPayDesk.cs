using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.WechatPay;

/// <summary>Opens, shows and closes payments, as strict as WeChat Pay is.</summary>
internal sealed partial class WechatPayDesk(World world, string merchant, string[] apps)
{
    private const string Channel = WechatPayWire.Name;
    private int _last = Wire.FirstNumber();

    /// <summary>Opens a payment, or gives a fresh way to pay the one that was opened with the same body.</summary>
    public object Begin(WechatPayCall call, string product)
    {
        var order = call.Read<Order>();
        Check(order, product);
        var number = Interlocked.Increment(ref _last);
        var now = world.Clock.GetUtcNow();
        var trade = world.Trades.Open(
            new Trade(
                Channel,
                order.OutTradeNo,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"42000{now.ToOffset(WechatPayWire.Beijing):yyyyMMdd}{number:D15}"
                ),
                order.Amount.Total,
                order.Amount.Currency,
                order.NotifyUrl,
                order.Attach,
                now,
                DateTimeOffset.Parse(order.TimeExpire, CultureInfo.InvariantCulture)
            )
            {
                Notes = new Dictionary<string, string>
                {
                    ["body"] = call.Body,
                    ["product"] = product,
                    ["appid"] = order.Appid,
                    ["openid"] = order.Payer?.Openid ?? "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
                    ["description"] = order.Description,
                }.ToImmutableDictionary(),
            }
        );
        WechatPayRefusal.Unless(trade.Status != TradeStatus.Paid, "ORDERPAID");
        WechatPayRefusal.Unless(trade.Status != TradeStatus.Closed, "ORDER_CLOSED");
        WechatPayRefusal.Unless(
            trade.Notes["body"] == call.Body && trade.Notes["product"] == product,
            "OUT_TRADE_NO_USED"
        );
        var prepayId = string.Create(CultureInfo.InvariantCulture, $"wx{now:yyyyMMddHHmmss}{number:D20}");
        return product switch
        {
            "native" => new { code_url = $"weixin://wxpay/bizpayurl?pr={prepayId[^7..]}zz" },
            "h5" => new { h5_url = $"{world.Address}?trade={order.OutTradeNo}&prepay_id={prepayId}" },
            _ => new { prepay_id = prepayId },
        };
    }

    /// <summary>Shows a payment.</summary>
    public object Query(string outNo, string? mchid)
    {
        WechatPayRefusal.Unless(mchid == merchant, "PARAM_ERROR");
        return WechatPayWords.Trade(Known(outNo), merchant);
    }

    /// <summary>Closes a payment; one that was never opened, too.</summary>
    public void Close(WechatPayCall call, string outNo)
    {
        WechatPayRefusal.Unless(call.Read<Closing>().Mchid == merchant, "PARAM_ERROR");
        if (world.Trades.Find(Channel, outNo) is null)
        {
            return;
        }

        var trade = world.Trades.Change(
            Channel,
            outNo,
            trade => trade.Status == TradeStatus.Paid ? trade : trade with { Status = TradeStatus.Closed }
        );
        WechatPayRefusal.Unless(trade.Status != TradeStatus.Paid, "ORDERPAID");
    }

    /// <summary>A payment that was opened.</summary>
    /// <exception cref="WechatPayRefusal">There is none of that number.</exception>
    public Trade Known(string outNo) =>
        world.Trades.Find(Channel, outNo) ?? throw new WechatPayRefusal("ORDER_NOT_EXIST");

    private void Check(Order order, string product)
    {
        WechatPayRefusal.Unless(
            order.Mchid == merchant
                && apps.Contains(order.Appid)
                && (product == "app") == (order.Appid == apps[^1]),
            "APPID_MCHID_NOT_MATCH"
        );
        WechatPayRefusal.Unless(
            order.Description is { Length: > 0 and <= 127 }
                && OutNo().IsMatch(order.OutTradeNo)
                && order.Attach is null or { Length: <= 128 }
                && order.NotifyUrl.Length <= 255
                && !order.NotifyUrl.Contains('?')
                && Uri.TryCreate(order.NotifyUrl, UriKind.Absolute, out _)
                && order.Amount is { Total: > 0, Currency: "CNY" },
            "PARAM_ERROR"
        );
        WechatPayRefusal.Unless(
            Rfc3339().IsMatch(order.TimeExpire)
                && DateTimeOffset.Parse(order.TimeExpire, CultureInfo.InvariantCulture)
                    >= world.Clock.GetUtcNow().AddMinutes(1),
            "PARAM_ERROR"
        );
        WechatPayRefusal.Unless(
            (product == "jsapi") == order.Payer is { Openid.Length: > 0 and <= 128 }
                && (product == "h5")
                    == order.SceneInfo
                        is { PayerClientIp.Length: > 0 and <= 45, H5Info.Type: "iOS" or "Android" or "Wap" },
            "PARAM_ERROR"
        );
    }

    [GeneratedRegex(@"^[0-9A-Za-z_\-|*]{6,32}$", RegexOptions.None, 1000)]
    private static partial Regex OutNo();

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00$",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Rfc3339();

    private sealed record Order(
        string Appid,
        string Mchid,
        string Description,
        string OutTradeNo,
        string TimeExpire,
        string NotifyUrl,
        Amount Amount,
        string? Attach = null,
        Payer? Payer = null,
        Scene? SceneInfo = null
    );

    private sealed record Amount(int Total, string Currency);

    private sealed record Payer(string Openid);

    private sealed record Scene(string PayerClientIp, H5 H5Info);

    private sealed record H5(string Type);

    private sealed record Closing(string Mchid);
}
