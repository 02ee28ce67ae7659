namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>Alipay's open platform, for merchants of their own, with keys or with certificates.</summary>
internal sealed class AlipayChannel : IPaymentChannel
{
    // 100 million yuan.
    private static readonly AmountRange _range = new(1, 10_000_000_000);

    private readonly AlipayBegin _begin;
    private readonly AlipayTrades _trades;
    private readonly AlipayRefunds _refunds;
    private readonly AlipayNotices _notices;
    private readonly AlipayBill _bill;
    private readonly AlipayKeys _keys;
    private readonly ChannelTraits _traits;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings will not do.</exception>
    public AlipayChannel(ChannelAccount account)
    {
        var options = account.Settings<AlipayOptions>();
        _keys = new(options);
        Check(account, options);
        var gateway = account.AddressOr(
            new("https://openapi.alipay.com/gateway.do"),
            "openapi-sandbox.dl.alipaydev.com"
        );
        var signer = new AlipaySigner(account, options, _keys);
        var calls = new AlipayCalls(account, gateway, signer, _keys);
        _begin = new(account, gateway, calls, signer);
        _trades = new(calls);
        _refunds = new(calls);
        _notices = new(_keys);
        _bill = new(calls, account.Clock);
        _traits = new(
            PaymentChannelCode.Alipay,
            [PaymentMethod.Web, PaymentMethod.WebMobile, PaymentMethod.QrCode, PaymentMethod.App],
            currency => currency == Yuan.Currency ? _range : null
        )
        {
            Merchant = options.Merchant,
            Apps = [options.App],
            NeedsCall = AlipayBegin.NeedsCall,
            RefundSpacing = TimeSpan.FromSeconds(3),
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
        throw new NotSupportedException("Alipay takes money at once.");

    /// <inheritdoc />
    public Task<RefundFinding> RefundAsync(RefundOrder refund, CancellationToken cancel) =>
        _refunds.RunAsync(refund, cancel);

    /// <inheritdoc />
    public Task<RefundFinding> QueryRefundAsync(RefundOrder refund, CancellationToken cancel) =>
        _refunds.QueryAsync(refund, cancel);

    /// <inheritdoc />
    public NoticeReading ReadNotice(NoticeHeaders headers, ReadOnlyMemory<byte> body) => _notices.Read(body);

    /// <inheritdoc />
    public NoticeAnswer AnswerFor(NoticeResult result) => AlipayNotices.Answer(result);

    /// <inheritdoc />
    public Task<BillReading> ReadBillAsync(DateOnly day, CancellationToken cancel) =>
        _bill.ReadAsync(day, cancel);

    private void Check(ChannelAccount account, AlipayOptions options)
    {
        if (options.PublicKeyFiles.Length + options.AlipayCertificateFiles.Length == 0)
        {
            throw account.Refused("PublicKeyFiles or AlipayCertificateFiles has to name Alipay's keys.");
        }

        if (options.CertificateFile is null != options.RootCertificateFile is null)
        {
            throw account.Refused("CertificateFile and RootCertificateFile go together.");
        }

        if (account.IsProduction && account.NotifyUrl.Scheme != Uri.UriSchemeHttps)
        {
            throw account.Refused("Alipay's notices need a public address with https.");
        }

        if (account.IsProduction)
        {
            RsaKeys.CheckLength(account, [_keys.Signing, .. _keys.Verifying]);
        }
    }
}
