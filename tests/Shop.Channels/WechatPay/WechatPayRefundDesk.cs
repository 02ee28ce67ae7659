using System.Globalization;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.WechatPay;

/// <summary>Gives money back, as strict as WeChat Pay is.</summary>
internal sealed class WechatPayRefundDesk(World world, WechatPayDesk desk)
{
    private const int MaxRefunds = 50;
    private int _last;

    /// <summary>Takes a refund up; the same number and sum again is the one that there is.</summary>
    /// <param name="call">What is asked for.</param>
    /// <param name="end">How it ends.</param>
    /// <param name="isNew">Whether it was taken up now.</param>
    public (Trade Trade, TradeRefund Refund) Refund(WechatPayCall call, RefundStatus end, out bool isNew)
    {
        var order = call.Read<Order>();
        WechatPayRefusal.Unless(
            order.OutRefundNo is { Length: > 0 and <= 64 }
                && order.Reason is null or { Length: > 0 and <= 80 }
                && order.Amount is { Refund: > 0, Total: > 0, Currency: "CNY" },
            "PARAM_ERROR"
        );
        var paid = desk.Known(order.OutTradeNo);
        return Add(
            paid,
            order.OutRefundNo,
            order.Amount.Refund,
            order.Amount.Total,
            end,
            isSpaced: true,
            out isNew
        );
    }

    /// <summary>A person at the merchant's own desk gives money back: the number is WeChat Pay's.</summary>
    public (Trade Trade, TradeRefund Refund) ByHand(string outNo, long minor)
    {
        var paid = desk.Known(outNo);
        return Add(
            paid,
            NewNumber("desk"),
            minor,
            paid.Minor,
            RefundStatus.Succeeded,
            isSpaced: false,
            out _
        );
    }

    /// <summary>Shows a refund.</summary>
    public (Trade Trade, TradeRefund Refund) Query(string outRefundNo)
    {
        var found =
            from trade in world.Trades.All
            where trade.Channel == WechatPayWire.Name
            from refund in trade.Refunds
            where refund.OutNo == outRefundNo
            select (trade, refund);
        return found.Select(pair => ((Trade, TradeRefund)?)pair).FirstOrDefault()
            ?? throw new WechatPayRefusal("RESOURCE_NOT_EXISTS");
    }

    private (Trade Trade, TradeRefund Refund) Add(
        Trade paid,
        string outRefundNo,
        long minor,
        long total,
        RefundStatus end,
        bool isSpaced,
        out bool isNew
    )
    {
        var now = world.Clock.GetUtcNow();
        var added = false;
        var changed = world.Trades.Change(
            paid.Channel,
            paid.OutNo,
            trade =>
            {
                WechatPayRefusal.Unless(
                    trade.Status == TradeStatus.Paid && trade.Minor == total,
                    "INVALID_REQUEST"
                );
                if (trade.Refunds.Find(refund => refund.OutNo == outRefundNo) is { } before)
                {
                    WechatPayRefusal.Unless(before.Minor == minor, "INVALID_REQUEST");
                    return trade;
                }

                WechatPayRefusal.Unless(
                    trade.BackMinor + minor <= trade.PaidMinor && trade.Refunds.Count < MaxRefunds,
                    "INVALID_REQUEST"
                );
                WechatPayRefusal.Unless(
                    !isSpaced || trade.Refunds.All(refund => now - refund.At >= TimeSpan.FromMinutes(1)),
                    "FREQUENCY_LIMITED"
                );
                added = true;
                return trade with
                {
                    Refunds = trade.Refunds.Add(
                        new(outRefundNo, NewNumber("50300"), minor, now) { Status = end }
                    ),
                };
            }
        );
        isNew = added;
        return (changed, changed.Refunds.Find(refund => refund.OutNo == outRefundNo)!);
    }

    private string NewNumber(string prefix) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix}{world.Clock.GetUtcNow():yyyyMMdd}{Interlocked.Increment(ref _last):D15}"
        );

    private sealed record Order(
        string OutTradeNo,
        string OutRefundNo,
        Amounts Amount,
        string? Reason = null,
        string? NotifyUrl = null
    );

    private sealed record Amounts(long Refund, long Total, string Currency);
}
