using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Channels.Wires;

namespace Shop.Channels.WechatPay;

/// <content>What is answered.</content>
public sealed partial class WechatPayWire
{
    private object Refund(WechatPayCall call, CallFault fault)
    {
        var end = fault.Code switch
        {
            "ABNORMAL" => RefundStatus.Stuck,
            "CLOSED" => RefundStatus.Failed,
            _ => RefundStatus.Succeeded,
        };
        var (trade, refund) = _refunds.Refund(call, end, out var isNew);
        if (isNew)
        {
            World.Notices.Tell(this, $"REFUND.{WechatPayWords.Status(refund)}", trade, refund);
        }

        return WechatPayWords.Refund(trade, refund, isNew ? "PROCESSING" : WechatPayWords.Status(refund));
    }

    private static object Shown((Trade Trade, TradeRefund Refund) found) =>
        WechatPayWords.Refund(found.Trade, found.Refund, WechatPayWords.Status(found.Refund));

    private async Task TakeAsync(
        HttpContext http,
        string verb,
        Func<WechatPayCall, CallFault, object?> handle,
        string? outNo = null
    )
    {
        var call = await WechatPayCall.TakeAsync(http.Request);
        await ServeAsync(http, verb, outNo ?? call.OutNo, fault => Answer(call, fault, handle));
    }

    private WireAnswer Answer(
        WechatPayCall call,
        CallFault fault,
        Func<WechatPayCall, CallFault, object?> handle
    )
    {
        try
        {
            call.CheckSignature(_keys, Merchant, World.Clock.GetUtcNow());
            WechatPayRefusal.Unless(
                fault.Kind != CallFaultKind.Refuse || fault.Code is "ABNORMAL" or "CLOSED",
                fault.Code ?? "SYSTEM_ERROR"
            );
            return handle(call, fault) switch
            {
                byte[] file => new WireAnswer(200, "application/x-gzip", file),
                null => _seal.Seal(new WireAnswer(204, "application/json", ""), call, fault),
                var told => _seal.Seal(
                    new WireAnswer(200, "application/json", WechatPayWords.Json(told)),
                    call,
                    fault
                ),
            };
        }
        catch (WechatPayRefusal refusal)
        {
            var told = WechatPayWords.Json(new { code = refusal.Code, message = refusal.Code });
            return _seal.Seal(new WireAnswer(refusal.Status, "application/json", told), call, fault);
        }
    }
}
