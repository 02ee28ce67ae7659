using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Channels.Wires;

namespace Shop.Channels.Alipay;

/// <content>What is answered, and how it is signed.</content>
public sealed partial class AlipayWire
{
    private WireAnswer Answer(AlipayCall call, CallFault fault)
    {
        object told;
        try
        {
            call.Check(_keys, App, World.Clock.GetUtcNow());
            AlipayRefusal.Unless(fault.Code != "20000", "aop.unknow-error", "20000");
            AlipayRefusal.Unless(fault.Kind != CallFaultKind.Refuse, fault.Code ?? "ACQ.SYSTEM_ERROR");
            told = call.Method switch
            {
                "alipay.trade.precreate" => _desk.Precreate(call),
                "alipay.trade.query" => _desk.Query(call),
                "alipay.trade.close" => _desk.Close(call),
                "alipay.trade.refund" => Refund(call),
                "alipay.trade.fastpay.refund.query" => _refunds.Query(call),
                "alipay.data.dataservice.bill.downloadurl.query" => _bills.Tell(call),
                _ => throw new AlipayRefusal("isv.invalid-method", "40002"),
            };
        }
        catch (AlipayRefusal refusal)
        {
            told = new
            {
                code = refusal.Code,
                msg = "Business Failed",
                sub_code = refusal.Message,
                sub_msg = refusal.Message,
            };
        }

        return Signed(call.Method, AlipayWords.Json(told), fault.Kind);
    }

    private WireAnswer Signed(string method, string plain, CallFaultKind fault)
    {
        var node = plain.Replace("/", "\\/", StringComparison.Ordinal);
        // Of an address, the text before its slashes were escaped is signed; both are met in the wild.
        var sign = _keys.Sign(
            method.Contains("bill", StringComparison.Ordinal) ? plain : node,
            fault == CallFaultKind.WronglySigned
        );
        var told = fault == CallFaultKind.Tampered ? $"{{ {node[1..]}" : node;
        var name = $"{method.Replace('.', '_')}_response";
        return new(
            200,
            "text/html;charset=utf-8",
            fault == CallFaultKind.NotSigned
                ? $$"""{"{{name}}":{{told}}}"""
                : $$"""{"{{name}}":{{told}},"sign":"{{sign}}"}"""
        );
    }

    private object Refund(AlipayCall call)
    {
        var (trade, refund) = _refunds.Refund(call, out var isNew);
        if (isNew)
        {
            TellRefund(trade, refund);
        }

        return AlipayRefundDesk.Answer(trade, isNew);
    }

    private void TellRefund(Trade trade, TradeRefund refund) =>
        World.Notices.Tell(this, AlipayWords.Status(trade, World.Clock.GetUtcNow()), trade, refund);

    private WireAnswer Download(string day, long until, CallFault fault)
    {
        try
        {
            return new(
                200,
                "application/zip",
                _bills.Packed(day, until, fault.Kind == CallFaultKind.Tampered)
            );
        }
        catch (AlipayRefusal)
        {
            return new(404, "text/plain", "");
        }
    }
}
