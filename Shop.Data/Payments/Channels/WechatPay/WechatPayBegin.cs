namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>Opens payments: Native for codes, H5 for phones' browsers, JSAPI inside WeChat, App for apps.</summary>
internal sealed class WechatPayBegin(
    ChannelAccount account,
    WechatPayOptions options,
    WechatPayCalls calls,
    WechatPaySigner signer
)
{
    private const int MaxDescription = 127;

    /// <summary>Opens a payment.</summary>
    public async Task<BeginOutcome> RunAsync(PaymentOrder order, CancellationToken cancel)
    {
        switch (order)
        {
            case { Method: PaymentMethod.WechatBrowser, OpenId: null }:
                return new BeginOutcome.Refused("OPENID_MISSING");
            case { Method: PaymentMethod.WebMobile, PayerAddress: null }:
                return new BeginOutcome.Refused("PAYER_ADDRESS_MISSING");
        }

        var answer = await calls.SendAsync(
            HttpMethod.Post,
            $"/v3/pay/transactions/{Product(order.Method)}",
            Body(order),
            cancel
        );
        if (answer.IsDone)
        {
            return new BeginOutcome.Ready(Action(order, answer.Read<Prepaid>()), null);
        }

        return answer.Code is var code && (answer.Status == 429 || WechatPayTrades.IsPaidAlready(code))
            ? new BeginOutcome.Unknown(code)
            : new BeginOutcome.Refused(code);
    }

    /// <summary>What is sent: the same for the same order, or WeChat Pay takes it for another under a number that is used.</summary>
    public string Body(PaymentOrder order) =>
        WechatPayJson.Write(
            new Request(
                AppOf(order.Method),
                options.Merchant,
                order.Description.Length > MaxDescription
                    ? order.Description[..MaxDescription]
                    : order.Description,
                order.OutNo,
                BeijingTime.Rfc3339(order.ExpiresAt),
                order.Token,
                account.NotifyUrl.ToString(),
                new(order.Amount.Minor, order.Amount.Currency),
                order.Method == PaymentMethod.WechatBrowser ? new(order.OpenId!) : null,
                order.Method == PaymentMethod.WebMobile ? new(order.PayerAddress!, new("Wap")) : null
            )
        );

    private string AppOf(PaymentMethod method) =>
        method == PaymentMethod.App ? options.MobileApp! : options.App;

    private static string Product(PaymentMethod method) =>
        method switch
        {
            PaymentMethod.QrCode => "native",
            PaymentMethod.WebMobile => "h5",
            PaymentMethod.WechatBrowser => "jsapi",
            PaymentMethod.App => "app",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not one of its methods."),
        };

    private ChannelAction Action(PaymentOrder order, Prepaid prepaid) =>
        order.Method switch
        {
            PaymentMethod.QrCode => new ChannelAction.QrCode(Told(prepaid.CodeUrl)),
            PaymentMethod.WebMobile => new ChannelAction.Redirect(
                Page(Told(prepaid.H5Url), order.ReturnUrl),
                false,
                []
            ),
            PaymentMethod.WechatBrowser => InBrowser(Told(prepaid.PrepayId)),
            _ => InApp(Told(prepaid.PrepayId)),
        };

    private static Uri Page(string url, Uri? back) =>
        new(back is null ? url : $"{url}&redirect_url={Uri.EscapeDataString(back.AbsoluteUri)}");

    private ChannelAction.Invoke InBrowser(string prepayId)
    {
        var (at, nonce, package) = (signer.Timestamp, WechatPaySigner.NewNonce(), $"prepay_id={prepayId}");
        return new([
            new("appId", options.App),
            new("timeStamp", at),
            new("nonceStr", nonce),
            new("package", package),
            new("signType", "RSA"),
            new("paySign", signer.Sign(options.App, at, nonce, package)),
        ]);
    }

    private ChannelAction.Invoke InApp(string prepayId)
    {
        var (at, nonce) = (signer.Timestamp, WechatPaySigner.NewNonce());
        return new([
            new("appid", options.MobileApp!),
            new("partnerid", options.Merchant),
            new("prepayid", prepayId),
            new("package", "Sign=WXPay"),
            new("noncestr", nonce),
            new("timestamp", at),
            new("sign", signer.Sign(options.MobileApp!, at, nonce, prepayId)),
        ]);
    }

    private static string Told(string? value) =>
        value ?? throw new NoAnswerException("WeChat Pay's answer says not how to pay.");

    private sealed record Request(
        string Appid,
        string Mchid,
        string Description,
        string OutTradeNo,
        string TimeExpire,
        string Attach,
        string NotifyUrl,
        WechatPayTotal Amount,
        Payer? Payer,
        Scene? SceneInfo
    );

    private sealed record Payer(string Openid);

    private sealed record Scene(string PayerClientIp, Browser H5Info);

    private sealed record Browser(string Type);

    private sealed record Prepaid(string? CodeUrl = null, string? PrepayId = null, string? H5Url = null);
}
