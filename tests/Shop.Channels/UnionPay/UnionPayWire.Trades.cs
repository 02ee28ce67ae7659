using System.Collections.Immutable;
using System.Globalization;
using Shop.Channels.Books;

namespace Shop.Channels.UnionPay;

/// <content>Payments and refunds: each is named by its number and its time.</content>
public sealed partial class UnionPayWire
{
    private string Back(UnionPayFields message, UnionPayFields answer)
    {
        if (message.Text("txnType") == "04")
        {
            return Refund(message, answer);
        }

        var code = message.Text("txnSubType") == "07" ? Open(message, isFront: false) : "10";
        if (code == "00")
        {
            answer["qrCode"] = $"https://qr.95516.com/00010000/{NextQueryId()}";
        }

        return code;
    }

    private string App(UnionPayFields message, UnionPayFields answer)
    {
        var code =
            message.Text("txnType") == "01" && message.Text("txnSubType") == "01"
                ? Open(message, isFront: false)
                : "10";
        if (code == "00")
        {
            answer["tn"] = NextQueryId();
        }

        return code;
    }

    // The form of a browser may come again; a code or a number of an app is given out once.
    private string Open(UnionPayFields message, bool isFront)
    {
        var number = message.Text("orderId");
        var trade = new Trade(
            Channel,
            number,
            NextQueryId(),
            long.Parse(message.Text("txnAmt"), CultureInfo.InvariantCulture),
            "CNY",
            message.Text("backUrl"),
            message.Text("reqReserved") is { Length: > 0 } token ? token : null,
            World.Clock.GetUtcNow(),
            UnionPayRules.Time(message.Text("payTimeout"))
        )
        {
            Notes = ImmutableDictionary<string, string>
                .Empty.Add("txnTime", message.Text("txnTime"))
                .Add("subType", message.Text("txnSubType"))
                .Add("business", message.Text("bizType"))
                .Add("isFront", isFront ? "yes" : "no"),
        };
        var kept = World.Trades.Open(trade);
        return
            kept == trade
            || kept.Status == TradeStatus.Open
                && kept.Notes["isFront"] == "yes"
                && kept.Notes["txnTime"] == trade.Notes["txnTime"]
            ? "00"
            : "12";
    }

    private string Query(UnionPayFields message, UnionPayFields answer)
    {
        var (number, at) = (message.Text("orderId"), message.Text("txnTime"));
        if (World.Trades.Find(Channel, number) is { } trade && trade.Notes["txnTime"] == at)
        {
            return Tell(answer, trade, refund: null, CodeOf(trade));
        }

        var found = World
            .Trades.All.Where(paid => paid.Channel == Channel)
            .SelectMany(paid => paid.Refunds.Select(refund => (Paid: paid, Refund: refund)))
            .FirstOrDefault(pair => pair.Refund.OutNo == number && pair.Refund.Notes["txnTime"] == at);
        return found.Paid is null
            ? "34"
            : Tell(
                answer,
                found.Paid,
                found.Refund,
                found.Refund.Status switch
                {
                    RefundStatus.Succeeded => "00",
                    RefundStatus.Failed => "30",
                    _ => "05",
                }
            );
    }

    private string CodeOf(Trade trade) =>
        trade.Status switch
        {
            TradeStatus.Paid => "00",
            TradeStatus.Declined => "30",
            _ => trade.ExpiresAt <= World.Clock.GetUtcNow() ? "30" : "05",
        };

    private static string Tell(UnionPayFields answer, Trade trade, TradeRefund? refund, string code)
    {
        foreach (var (name, value) in Told(trade, refund))
        {
            // The answer's kind is that of the question, but for what it was asked about.
            if (name is not ("txnType" or "txnSubType" or "bizType" or "respCode" or "respMsg"))
            {
                answer[name] = value;
            }
        }

        answer["origRespCode"] = code;
        answer["origRespMsg"] = code == "00" ? "成功[0000000]" : $"失败[{code}]";
        return "00";
    }

    private string Refund(UnionPayFields message, UnionPayFields answer)
    {
        var number = message.Text("orderId");
        var all = World.Trades.All.Where(trade => trade.Channel == Channel).ToList();
        if (all.Exists(trade => trade.OutNo == number || trade.Refunds.Any(refund => refund.OutNo == number)))
        {
            return "12";
        }

        var amount = long.Parse(message.Text("txnAmt"), CultureInfo.InvariantCulture);
        var paid = all.Find(trade => trade.Reference == message.Text("origQryId"));
        if (paid is not { Status: TradeStatus.Paid })
        {
            return "35";
        }

        if (amount > paid.PaidMinor - paid.BackMinor)
        {
            return "36";
        }

        var refund = new TradeRefund(number, NextQueryId(), amount, World.Clock.GetUtcNow())
        {
            Notes = ImmutableDictionary<string, string>.Empty.Add("txnTime", message.Text("txnTime")),
        };
        var after = World.Trades.Change(
            Channel,
            paid.OutNo,
            trade => trade with { Refunds = trade.Refunds.Add(refund) }
        );
        answer["queryId"] = refund.Reference;
        answer["origQryId"] = paid.Reference;
        World.Notices.Tell(this, "refunded", after with { NotifyUrl = message.Text("backUrl") }, refund);
        return "00";
    }
}
