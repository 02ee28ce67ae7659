using System.Text.Json;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>Reads what WeChat Pay sends by itself: its signature first, then what the APIv3 key opens.</summary>
internal sealed class WechatPayNotices(WechatPayKeys keys, WechatPayVerifier verifier)
{
    /// <summary>Reads a notice.</summary>
    public NoticeReading Read(NoticeHeaders headers, ReadOnlyMemory<byte> body)
    {
        if (verifier.Fault(headers, body.Span) is { } fault)
        {
            return new NoticeReading.Forged(fault);
        }

        try
        {
            return Signed(WechatPayJson.Read<Notice>(body.Span));
        }
        catch (NoAnswerException unreadable)
        {
            return new NoticeReading.Forged(unreadable.Message);
        }
    }

    private NoticeReading Signed(Notice notice)
    {
        if (notice.EventType.Split('.')[0] is not ("TRANSACTION" or "REFUND"))
        {
            return new NoticeReading.Ignored();
        }

        // The key was changed at the merchant's desk and not here: it comes again until it is.
        return keys.Open(notice.Resource) is not { } text
                ? new NoticeReading.Forged("locked with an APIv3 key that is not known")
            : notice.EventType == "TRANSACTION.SUCCESS" ? OfPayment(notice.Id, text)
            : OfRefund(notice.Id, text);
    }

    private static NoticeReading.OfPayment OfPayment(string id, byte[] text)
    {
        var trade = WechatPayJson.Read<WechatPayTrade>(text);
        return new(id, trade.OutTradeNo, trade.Finding);
    }

    private static NoticeReading.OfRefund OfRefund(string id, byte[] text)
    {
        var refund = WechatPayJson.Read<Refunded>(text);
        return new(
            id,
            refund.OutTradeNo,
            refund.OutRefundNo,
            refund.Amount.Refund,
            WechatPayRefunds.Finding(refund.RefundStatus, refund.RefundId)
        );
    }

    /// <summary>What WeChat Pay wants to hear: nothing where it was taken, else why not.</summary>
    public static NoticeAnswer Answer(NoticeResult result) =>
        result == NoticeResult.Done
            ? new(204, "application/json", "")
            : new(
                NoticeAnswer.StatusOf(result),
                "application/json",
                JsonSerializer.Serialize(new { code = "FAIL", message = result.ToString() })
            );

    private sealed record Notice(string Id, string EventType, WechatPayLocked Resource);

    private sealed record Refunded(
        string OutTradeNo,
        string OutRefundNo,
        string RefundId,
        string RefundStatus,
        RefundedAmount Amount
    );

    private sealed record RefundedAmount(long Refund);
}
