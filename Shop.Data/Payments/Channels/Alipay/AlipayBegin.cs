using System.Text;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>
/// Opens payments: pages for browsers and orders for apps are signed here, and Alipay hears of them when the customer comes;
/// codes are asked for.
/// </summary>
internal sealed class AlipayBegin(ChannelAccount account, Uri gateway, AlipayCalls calls, AlipaySigner signer)
{
    private const int MaxSubject = 256;

    /// <summary>Whether Alipay is asked; else the action is signed here.</summary>
    public static bool NeedsCall(PaymentMethod method) => method == PaymentMethod.QrCode;

    /// <summary>Opens a payment.</summary>
    public async Task<BeginOutcome> RunAsync(PaymentOrder order, CancellationToken cancel)
    {
        if (!NeedsCall(order.Method))
        {
            return new BeginOutcome.Ready(Signed(order), null);
        }

        var answer = await calls.SendAsync(
            "alipay.trade.precreate",
            Content(order),
            account.NotifyUrl.ToString(),
            cancel
        );
        if (answer.IsDone)
        {
            return new BeginOutcome.Ready(new ChannelAction.QrCode(Code(answer, order)), null);
        }

        return answer.Why is "ACQ.TRADE_HAS_SUCCESS"
            ? new BeginOutcome.Unknown(answer.Why)
            : new BeginOutcome.Refused(answer.Why);
    }

    /// <summary>The fields of a request, signed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields(PaymentOrder order) =>
        signer.Sign(
            order.Method switch
            {
                PaymentMethod.Web => "alipay.trade.page.pay",
                PaymentMethod.WebMobile => "alipay.trade.wap.pay",
                PaymentMethod.App => "alipay.trade.app.pay",
                _ => throw new ArgumentOutOfRangeException(
                    nameof(order),
                    order.Method,
                    "Not one of its methods."
                ),
            },
            Content(order),
            account.NotifyUrl.ToString(),
            order.Method == PaymentMethod.App ? null : order.ReturnUrl?.AbsoluteUri
        );

    private ChannelAction Signed(PaymentOrder order)
    {
        var fields = AlipayText.Encoded(Fields(order));
        return order.Method == PaymentMethod.App
            ? new ChannelAction.Invoke([new("orderInfo", fields)])
            : new ChannelAction.Redirect(new($"{gateway}?{fields}"), false, []);
    }

    private static string Content(PaymentOrder order) =>
        AlipayText.Json(
            new Request(
                order.OutNo,
                Yuan.Write(order.Amount.Minor),
                Subject(order.Description),
                order.Method switch
                {
                    PaymentMethod.Web => "FAST_INSTANT_TRADE_PAY",
                    PaymentMethod.WebMobile => "QUICK_WAP_WAY",
                    PaymentMethod.App => "QUICK_MSECURITY_PAY",
                    _ => "FACE_TO_FACE_PAYMENT",
                },
                BeijingTime.Text(order.ExpiresAt),
                // It is a value inside of a value there, and comes back so, or not.
                Uri.EscapeDataString(order.Token),
                order.Method == PaymentMethod.WebMobile ? order.ReturnUrl?.AbsoluteUri : null
            )
        );

    // Alipay refuses these three: its own texts are parted by them.
    private static string Subject(string description)
    {
        var subject = new StringBuilder(description).Replace('/', ' ').Replace('=', ' ').Replace('&', ' ');
        return subject.ToString(0, Math.Min(subject.Length, MaxSubject));
    }

    private static string Code(AlipayAnswer answer, PaymentOrder order)
    {
        var told = answer.Read<Precreated>();
        return told is { QrCode: { } code } && told.OutTradeNo == order.OutNo
            ? code
            : throw new NoAnswerException("Alipay's answer says not how to pay.");
    }

    private sealed record Request(
        string OutTradeNo,
        string TotalAmount,
        string Subject,
        string ProductCode,
        string TimeExpire,
        string PassbackParams,
        string? QuitUrl
    );

    private sealed record Precreated(string? OutTradeNo, string? QrCode);
}
