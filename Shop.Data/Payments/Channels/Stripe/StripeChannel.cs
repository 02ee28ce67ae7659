using System.Globalization;
using System.Text;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>
/// Stripe, by payment intents: the customer pays in Stripe's own form, opened with the intent's client secret. Without the secret
/// nobody can pay, so an intent whose answer was lost takes no money. An intent does not expire; it is cancelled.
/// </summary>
internal sealed class StripeChannel : IPaymentChannel
{
    // Of most cards; what is let go earlier, Stripe tells.
    private static readonly TimeSpan _holdTerm = TimeSpan.FromDays(7);

    private readonly StripeOptions _options;
    private readonly StripeApi _api;
    private readonly StripeRefunds _refunds;
    private readonly StripeNotices _notices;
    private readonly StripeBill _bill;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings will not do.</exception>
    /// <exception cref="KeyFileException">A key can't be read.</exception>
    public StripeChannel(ChannelAccount account)
    {
        _options = account.Settings<StripeOptions>();
        var key = Secret(_options.SecretKeyFile);
        List<KeyFile<string>> webhookSecrets = [.. _options.WebhookSecretFiles.Select(Secret)];
        webhookSecrets.ForEach(secret => _ = secret.Key);
        if (
            account.IsProduction
            && !(
                key.Key.StartsWith("sk_live_", StringComparison.Ordinal)
                || key.Key.StartsWith("rk_live_", StringComparison.Ordinal)
            )
        )
        {
            throw account.Refused("SecretKeyFile holds no live key.");
        }

        if (account.IsProduction && !_options.PublishableKey.StartsWith("pk_live_", StringComparison.Ordinal))
        {
            throw account.Refused("PublishableKey is no live key.");
        }

        _api = new(account.Http, new(account.AddressOr(new("https://api.stripe.com/")), "v1/"), key);
        _refunds = new(_api, account.Clock);
        _notices = new(webhookSecrets, account.Clock);
        _bill = new(_api, account.Clock);
    }

    /// <inheritdoc />
    public ChannelTraits Traits =>
        new(
            PaymentChannelCode.Stripe,
            [PaymentMethod.Web, PaymentMethod.WebMobile, PaymentMethod.App],
            StripeAmounts.Range
        )
        {
            CanSay = amount => StripeAmounts.ToWire(amount) is not null,
            HoldTerm = _options.CaptureManually ? _holdTerm : null,
        };

    /// <inheritdoc />
    public async Task<BeginOutcome> BeginAsync(PaymentOrder order, CancellationToken cancel)
    {
        if (StripeAmounts.ToWire(order.Amount) is not { } amount)
        {
            return new BeginOutcome.Refused("amount_too_fine");
        }

        List<KeyValuePair<string, string>> form =
        [
            new("amount", amount.ToString(CultureInfo.InvariantCulture)),
            new("currency", order.Amount.Currency.ToLowerInvariant()),
            new("automatic_payment_methods[enabled]", "true"),
            new("description", order.Description),
            new("metadata[out_no]", order.OutNo),
            new("metadata[token]", order.Token),
        ];
        if (_options.CaptureManually)
        {
            form.Add(new("capture_method", "manual"));
        }

        var answer = await _api.PostAsync("payment_intents", form, $"{order.Token}:begin", cancel);
        return answer switch
        {
            { IsDone: false } => new BeginOutcome.Refused(answer.Code),
            _ when (answer.Body.Text("id"), answer.Body.Text("client_secret")) is ({ } id, { } secret) =>
                new BeginOutcome.Ready(new ChannelAction.Secret(secret, _options.PublishableKey), id),
            _ => new BeginOutcome.Unknown("an intent without a client secret"),
        };
    }

    /// <inheritdoc />
    public async Task<Finding> QueryAsync(PaymentRef payment, CancellationToken cancel)
    {
        // As long as its number is not known, no client has its secret.
        if (payment.Reference is not { } intent)
        {
            return new Finding.NotFound();
        }

        var answer = await _api.GetAsync($"payment_intents/{Uri.EscapeDataString(intent)}", cancel);
        return answer.IsDone ? StripeObjects.FindingOf(answer.Body)
            : answer.IsMissing ? new Finding.NotFound()
            : new Finding.Unknown(answer.Code);
    }

    /// <inheritdoc />
    public async Task<Finding> CloseAsync(PaymentRef payment, CancellationToken cancel) =>
        payment.Reference is { } intent
            ? await ChangeAsync(payment, $"payment_intents/{Uri.EscapeDataString(intent)}/cancel", [], cancel)
            : new Finding.Closed();

    /// <inheritdoc />
    public async Task<Finding> CaptureAsync(PaymentRef payment, long minor, CancellationToken cancel) =>
        payment.Reference is not { } intent ? new Finding.NotFound()
        : StripeAmounts.ToWire(payment.Amount with { Minor = minor }) is not { } amount
            ? new Finding.Unknown("an amount that is too fine")
        : await ChangeAsync(
            payment,
            $"payment_intents/{Uri.EscapeDataString(intent)}/capture",
            [new("amount_to_capture", amount.ToString(CultureInfo.InvariantCulture))],
            cancel
        );

    /// <inheritdoc />
    public Task<RefundFinding> RefundAsync(RefundOrder refund, CancellationToken cancel) =>
        _refunds.MakeAsync(refund, cancel);

    /// <inheritdoc />
    public Task<RefundFinding> QueryRefundAsync(RefundOrder refund, CancellationToken cancel) =>
        _refunds.FindAsync(refund, cancel);

    /// <inheritdoc />
    public NoticeReading ReadNotice(NoticeHeaders headers, ReadOnlyMemory<byte> body) =>
        _notices.Read(headers, body);

    /// <inheritdoc />
    public NoticeAnswer AnswerFor(NoticeResult result) =>
        new(NoticeAnswer.StatusOf(result), "text/plain", "");

    /// <inheritdoc />
    public Task<BillReading> ReadBillAsync(DateOnly day, CancellationToken cancel) =>
        _bill.ReadAsync(day, cancel);

    // An intent is cancelled or captured once, by its own state; what stands in the way of it, the intent itself says.
    private async Task<Finding> ChangeAsync(
        PaymentRef payment,
        string path,
        KeyValuePair<string, string>[] form,
        CancellationToken cancel
    )
    {
        var answer = await _api.PostAsync(path, form, idempotencyKey: null, cancel);
        return answer.IsDone ? StripeObjects.FindingOf(answer.Body) : await QueryAsync(payment, cancel);
    }

    private static KeyFile<string> Secret(string path) =>
        new(
            path,
            bytes =>
                Encoding.ASCII.GetString(bytes).Trim() is { Length: > 0 } text
                    ? text
                    : throw new FormatException()
        );
}
