namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>
/// UnionPay, ACP 5.1.0, in yuan. A payment's name is its number and its time. It can't be closed: it ends with its time. A notice is
/// only a hint; what counts is the answer to a question.
/// </summary>
internal sealed class UnionPayChannel : IPaymentChannel
{
    private const string Computer = "07";
    private const string Mobile = "08";

    private readonly ChannelAccount _account;
    private readonly UnionPayOptions _options;
    private readonly KeyFile<UnionPayCertificate> _certificate;
    private readonly UnionPayVerifier _verifier;
    private readonly UnionPayApi _api;
    private readonly UnionPayRefunds _refunds;
    private readonly UnionPayNotices _notices;
    private readonly UnionPayBill _bill;
    private readonly Uri _gateway;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings will not do.</exception>
    /// <exception cref="KeyFileException">A key or a certificate can't be read.</exception>
    public UnionPayChannel(ChannelAccount account)
    {
        (_account, _options) = (account, account.Settings<UnionPayOptions>());
        _certificate = new(_options.CertificateFile, UnionPayCertificate.Read);
        _verifier = new(_options, account.IsProduction, account.Clock);
        _verifier.Check();
        var signer = _certificate.Key;
        if (account.IsProduction && signer.KeySize < 2048)
        {
            throw account.Refused("CertificateFile holds a key of less than 2048 bits.");
        }

        var address = account.AddressOr(new("https://gateway.95516.com/"), "gateway.test.95516.com");
        var files = address.Host switch
        {
            "gateway.95516.com" => new("https://filedownload.95516.com/"),
            "gateway.test.95516.com" => new("https://filedownload.test.95516.com/"),
            _ => new Uri(address, "filedownload/"),
        };
        _gateway = new(address, "gateway/api/");
        _api = new(_options.Merchant, _certificate, _verifier, account.Http);
        _refunds = new(_api, _gateway, account.NotifyUrl);
        _notices = new(_verifier, account.Clock);
        _bill = new(_api, files, _options.BillHour, account.Clock);
    }

    /// <inheritdoc />
    public ChannelTraits Traits =>
        new(
            PaymentChannelCode.UnionPay,
            [PaymentMethod.Web, PaymentMethod.WebMobile, PaymentMethod.QrCode, PaymentMethod.App],
            currency => currency == "CNY" ? new(1, 999_999_999_999) : null
        )
        {
            Merchant = _options.Merchant,
            KeyExpiresAt = RsaKeys.FirstEnd(
                [_certificate.Key.Certificate],
                _verifier.Certificates.Roots,
                _verifier.Certificates.Middle
            ),
            CanSay = amount => amount.Currency == "CNY",
            NeedsCall = method => !IsFront(method),
            IsRepeatable = IsFront,
            CanClose = false,
            ConfirmByQuery = true,
            Checks =
            [
                TimeSpan.FromMinutes(3),
                TimeSpan.FromMinutes(5),
                TimeSpan.FromMinutes(10),
                TimeSpan.FromMinutes(30),
                TimeSpan.FromMinutes(60),
                TimeSpan.FromMinutes(120),
            ],
            BillZone = BeijingTime.Zone,
        };

    /// <inheritdoc />
    public async Task<BeginOutcome> BeginAsync(PaymentOrder order, CancellationToken cancel)
    {
        if (!Traits.CanSay(order.Amount))
        {
            return new BeginOutcome.Refused("currency");
        }

        var message = Message(order);
        switch (order.Method)
        {
            case PaymentMethod.QrCode:
                var shown = await _api.CallAsync(new(_gateway, "backTransReq.do"), message, cancel);
                return Ready(shown, "qrCode", content => new ChannelAction.QrCode(content));
            case PaymentMethod.App:
                var taken = await _api.CallAsync(new(_gateway, "appTransReq.do"), message, cancel);
                return Ready(taken, "tn", number => new ChannelAction.Invoke([new("tn", number)]));
            default:
                return new BeginOutcome.Ready(
                    new ChannelAction.Redirect(
                        new(_gateway, "frontTransReq.do"),
                        IsPost: true,
                        [.. _api.Sign(message).Select(field => new ActionField(field.Key, field.Value))]
                    ),
                    Reference: null
                );
        }
    }

    /// <inheritdoc />
    public async Task<Finding> QueryAsync(PaymentRef payment, CancellationToken cancel)
    {
        var question = _api.Message("00", "00", "000000", payment.BegunAt, payment.OutNo);
        var answer = await _api.CallAsync(new(_gateway, "queryTrans.do"), question, cancel);
        var now = _account.Clock.GetUtcNow();
        return (answer.Text("respCode"), answer.Text("origRespCode")) switch
        {
            ("00", var code) when UnionPayCodes.IsDone(code) => UnionPayReceipt.Read(answer, now)
                is { } receipt
                ? new Finding.Paid(receipt)
                : new Finding.Unknown("a payment whose amount can't be read"),
            ("00", var code) when UnionPayCodes.IsUnderWay(code) => new Finding.Waiting(),
            ("34", _) or ("00", "34") => new Finding.NotFound(),
            // A try that failed may be followed by another, as long as there is time.
            ("00", { } code) => now < payment.ExpiresAt ? new Finding.Waiting() : new Finding.Refused(code),
            var (code, _) => new Finding.Unknown($"the question was answered {code}"),
        };
    }

    /// <inheritdoc />
    public Task<Finding> CloseAsync(PaymentRef payment, CancellationToken cancel) =>
        throw new NotSupportedException("UnionPay closes no payment.");

    /// <inheritdoc />
    public Task<Finding> CaptureAsync(PaymentRef payment, long minor, CancellationToken cancel) =>
        throw new NotSupportedException("The shop holds no money at UnionPay.");

    /// <inheritdoc />
    public Task<RefundFinding> RefundAsync(RefundOrder refund, CancellationToken cancel) =>
        _refunds.MakeAsync(refund, cancel);

    /// <inheritdoc />
    public Task<RefundFinding> QueryRefundAsync(RefundOrder refund, CancellationToken cancel) =>
        _refunds.FindAsync(refund, cancel);

    /// <inheritdoc />
    public NoticeReading ReadNotice(NoticeHeaders headers, ReadOnlyMemory<byte> body) =>
        _notices.Read(body.Span);

    /// <inheritdoc />
    public NoticeAnswer AnswerFor(NoticeResult result) =>
        new(NoticeAnswer.StatusOf(result), "text/plain", result == NoticeResult.Done ? "ok" : "");

    /// <inheritdoc />
    public Task<BillReading> ReadBillAsync(DateOnly day, CancellationToken cancel) =>
        _bill.ReadAsync(day, cancel);

    /// <summary>Which of UnionPay's products a method is: its refund names the same.</summary>
    internal static string Business(PaymentMethod method) =>
        method == PaymentMethod.QrCode ? "000000" : "000201";

    /// <summary>From which kind of device a customer pays.</summary>
    internal static string ChannelType(PaymentMethod method) =>
        method == PaymentMethod.Web ? Computer : Mobile;

    private UnionPayMessage Message(PaymentOrder order)
    {
        var message = _api.Message(
            "01",
            order.Method == PaymentMethod.QrCode ? "07" : "01",
            Business(order.Method),
            order.BegunAt,
            order.OutNo
        );
        UnionPayApi.Add(message, order.Amount, _account.NotifyUrl, ChannelType(order.Method), order.Token);
        message["payTimeout"] = UnionPayTime.Text(order.ExpiresAt);
        if (IsFront(order.Method) && order.ReturnUrl is { } returnUrl)
        {
            message["frontUrl"] = returnUrl.AbsoluteUri;
        }

        return message;
    }

    private static BeginOutcome Ready(
        UnionPayMessage answer,
        string name,
        Func<string, ChannelAction> action
    ) =>
        (answer.Text("respCode"), answer.Text(name)) switch
        {
            ("00", { } value) => new BeginOutcome.Ready(action(value), Reference: null),
            ({ } code, _) when code != "00" && !UnionPayCodes.IsDoubtful(code) => new BeginOutcome.Refused(
                code
            ),
            var (code, _) => new BeginOutcome.Unknown($"the begin was answered {code}"),
        };

    private static bool IsFront(PaymentMethod method) =>
        method is PaymentMethod.Web or PaymentMethod.WebMobile;
}
