namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>WeChat Pay, API v3, for merchants of their own (not service providers).</summary>
internal sealed class WechatPayChannel : IPaymentChannel
{
    // The wire has a whole number of 32 bits.
    private static readonly AmountRange _range = new(1, int.MaxValue);

    private readonly WechatPayBegin _begin;
    private readonly WechatPayTrades _trades;
    private readonly WechatPayRefunds _refunds;
    private readonly WechatPayNotices _notices;
    private readonly WechatPayBill _bill;
    private readonly WechatPayKeys _keys;
    private readonly ChannelTraits _traits;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings will not do.</exception>
    public WechatPayChannel(ChannelAccount account)
    {
        var options = account.Settings<WechatPayOptions>();
        _keys = new(options);
        Check(account);
        var signer = new WechatPaySigner(options.Merchant, _keys, account.Clock);
        var verifier = new WechatPayVerifier(_keys, account.Clock);
        var address = account.AddressOr(new("https://api.mch.weixin.qq.com/"));
        var calls = new WechatPayCalls(account, address, _keys, signer, verifier);
        _begin = new(account, options, calls, signer);
        _trades = new(options, calls);
        _refunds = new(account, calls);
        _notices = new(_keys, verifier);
        _bill = new(calls);
        _traits = new(
            PaymentChannelCode.WechatPay,
            options.MobileApp is null
                ? [PaymentMethod.WebMobile, PaymentMethod.QrCode, PaymentMethod.WechatBrowser]
                :
                [
                    PaymentMethod.WebMobile,
                    PaymentMethod.QrCode,
                    PaymentMethod.App,
                    PaymentMethod.WechatBrowser,
                ],
            currency => currency == Yuan.Currency ? _range : null
        )
        {
            Merchant = options.Merchant,
            Apps = options.MobileApp is { } mobile ? [options.App, mobile] : [options.App],
            // It asks for a minute, and the call takes its time.
            MinTerm = TimeSpan.FromSeconds(75),
            RefundSpacing = TimeSpan.FromMinutes(1),
            BillZone = BeijingTime.Zone,
        };
    }

    /// <inheritdoc />
    public ChannelTraits Traits => _traits with { KeyExpiresAt = _keys.ExpiresAt };

    /// <inheritdoc />
    public Task<BeginOutcome> BeginAsync(PaymentOrder order, CancellationToken cancel) =>
        _begin.RunAsync(order, cancel);

    /// <inheritdoc />
    public Task<Finding> QueryAsync(PaymentRef payment, CancellationToken cancel) =>
        _trades.QueryAsync(payment, cancel);

    /// <inheritdoc />
    public Task<Finding> CloseAsync(PaymentRef payment, CancellationToken cancel) =>
        _trades.CloseAsync(payment, cancel);

    /// <inheritdoc />
    public Task<Finding> CaptureAsync(PaymentRef payment, long minor, CancellationToken cancel) =>
        throw new NotSupportedException("WeChat Pay takes money at once.");

    /// <inheritdoc />
    public Task<RefundFinding> RefundAsync(RefundOrder refund, CancellationToken cancel) =>
        _refunds.RunAsync(refund, cancel);

    /// <inheritdoc />
    public Task<RefundFinding> QueryRefundAsync(RefundOrder refund, CancellationToken cancel) =>
        _refunds.QueryAsync(refund, cancel);

    /// <inheritdoc />
    public NoticeReading ReadNotice(NoticeHeaders headers, ReadOnlyMemory<byte> body) =>
        _notices.Read(headers, body);

    /// <inheritdoc />
    public NoticeAnswer AnswerFor(NoticeResult result) => WechatPayNotices.Answer(result);

    /// <inheritdoc />
    public Task<BillReading> ReadBillAsync(DateOnly day, CancellationToken cancel) =>
        _bill.ReadAsync(day, cancel);

    private void Check(ChannelAccount account)
    {
        if (!account.IsProduction)
        {
            return;
        }

        if (account.NotifyUrl.Scheme != Uri.UriSchemeHttps)
        {
            throw account.Refused("WeChat Pay's notices need a public address with https.");
        }

        RsaKeys.CheckLength(account, [_keys.Signing, .. _keys.Verifying]);
    }
}
