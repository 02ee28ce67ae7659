using System.Globalization;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.Alipay;

/// <summary>Gives money back, as strict as Alipay is.</summary>
internal sealed class AlipayRefundDesk(World world, AlipayDesk desk)
{
    private int _last;

    /// <summary>Gives money back at once; the same number and sum again changes nothing.</summary>
    /// <param name="call">What is asked for.</param>
    /// <param name="isNew">Whether money went back now.</param>
    public (Trade Trade, TradeRefund Refund) Refund(AlipayCall call, out bool isNew)
    {
        var order = call.Read<Order>();
        AlipayRefusal.Unless(
            order.OutRequestNo is { Length: > 0 and <= 64 }
                && order.RefundReason is null or { Length: > 0 and <= 256 }
                && decimal.TryParse(
                    order.RefundAmount,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out _
                ),
            "ACQ.INVALID_PARAMETER"
        );
        var fen = (long)(decimal.Parse(order.RefundAmount, CultureInfo.InvariantCulture) * 100);
        return Add(desk.Known(order.OutTradeNo), order.OutRequestNo, fen, out isNew);
    }

    /// <summary>A person at the merchant's own desk gives money back: the number is Alipay's.</summary>
    public (Trade Trade, TradeRefund Refund) ByHand(string outNo, long minor) =>
        Add(
            desk.Known(outNo),
            string.Create(CultureInfo.InvariantCulture, $"desk{Interlocked.Increment(ref _last):D12}"),
            minor,
            out _
        );

    /// <summary>What a refund is answered with.</summary>
    public static object Answer(Trade trade, bool isNew) =>
        new
        {
            code = "10000",
            msg = "Success",
            fund_change = isNew ? "Y" : "N",
            out_trade_no = trade.OutNo,
            // The sum of all so far: who takes it for this one's is wrong.
            refund_fee = AlipayWords.Yuan(trade.BackMinor),
            trade_no = trade.Reference,
        };

    /// <summary>Shows a refund; of one that there is not, it says nothing.</summary>
    public object Query(AlipayCall call)
    {
        var asked = call.Read<Asked>();
        var trade = desk.Known(asked.OutTradeNo);
        return trade.Refunds.Find(refund => refund.OutNo == asked.OutRequestNo) is not { } found
            ? new { code = "10000", msg = "Success" }
            : new
            {
                code = "10000",
                msg = "Success",
                out_request_no = found.OutNo,
                out_trade_no = trade.OutNo,
                refund_amount = AlipayWords.Yuan(found.Minor),
                refund_status = "REFUND_SUCCESS",
                total_amount = AlipayWords.Yuan(trade.Minor),
                trade_no = trade.Reference,
            };
    }

    private (Trade Trade, TradeRefund Refund) Add(Trade paid, string number, long fen, out bool isNew)
    {
        var added = false;
        var changed = world.Trades.Change(
            paid.Channel,
            paid.OutNo,
            trade =>
            {
                AlipayRefusal.Unless(
                    trade.Status == TradeStatus.Paid && !trade.Notes.ContainsKey("finished"),
                    "ACQ.TRADE_STATUS_ERROR"
                );
                if (trade.Refunds.Find(refund => refund.OutNo == number) is { } before)
                {
                    AlipayRefusal.Unless(before.Minor == fen, "ACQ.DISCORDANT_REPEAT_REQUEST");
                    return trade;
                }

                AlipayRefusal.Unless(
                    fen > 0 && trade.BackMinor + fen <= trade.PaidMinor,
                    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
                );
                added = true;
                return trade with
                {
                    Refunds = trade.Refunds.Add(new(number, number, fen, world.Clock.GetUtcNow())),
                };
            }
        );
        isNew = added;
        return (changed, changed.Refunds.Find(refund => refund.OutNo == number)!);
    }

    private sealed record Order(
        string OutTradeNo,
        string RefundAmount,
        string OutRequestNo,
        string? RefundReason = null
    );

    private sealed record Asked(string OutTradeNo, string OutRequestNo);
}
