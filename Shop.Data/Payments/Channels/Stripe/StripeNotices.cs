using System.Text.Json;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>Stripe's events. They come in no order, and an object that another system made on the account is left alone.</summary>
internal sealed class StripeNotices(IReadOnlyList<KeyFile<string>> secrets, TimeProvider clock)
{
    /// <inheritdoc cref="IPaymentChannel.ReadNotice" />
    public NoticeReading Read(NoticeHeaders headers, ReadOnlyMemory<byte> body)
    {
        var refused = StripeSignature.Refuse(
            headers("Stripe-Signature"),
            body.Span,
            secrets.Select(secret => secret.Key),
            clock.GetUtcNow()
        );
        if (refused is not null)
        {
            return new NoticeReading.Forged(refused);
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new NoticeReading.Forged("it is no event");
        }
    }

    private static NoticeReading Read(JsonElement told) =>
        (told.Text("id"), told.Object("data")?.Object("object")) is ({ } key, { } subject)
            ? told.Text("type") switch
            {
                "payment_intent.succeeded"
                or "payment_intent.canceled"
                or "payment_intent.amount_capturable_updated"
                or "payment_intent.payment_failed" => OfIntent(key, subject, told.Moment("created")),
                "refund.created" or "refund.updated" or "refund.failed" => OfRefund(key, subject),
                { } type when type.StartsWith("charge.dispute.", StringComparison.Ordinal) => OfDispute(
                    key,
                    type,
                    subject
                ),
                _ => new NoticeReading.Ignored(),
            }
            : new NoticeReading.Forged("it is no event");

    private static NoticeReading OfIntent(string key, JsonElement intent, DateTimeOffset? at) =>
        intent.Metadata("out_no") is { } outNo
            ? new NoticeReading.OfPayment(key, outNo, StripeObjects.FindingOf(intent, at))
            : new NoticeReading.Ignored();

    // One that staff made at Stripe's desk has no metadata; its intent says whose it is.
    private static NoticeReading OfRefund(string key, JsonElement refund) =>
        refund.Text("payment_intent") is { } intent
            ? new NoticeReading.OfRefund(
                key,
                refund.Metadata("out_no"),
                refund.Metadata("refund"),
                refund.Amount("amount")?.Minor,
                StripeObjects.RefundFindingOf(refund),
                intent,
                refund.Text("id")
            )
            : new NoticeReading.Ignored();

    private static NoticeReading OfDispute(string key, string type, JsonElement dispute)
    {
        if (dispute.Text("payment_intent") is not { } intent)
        {
            return new NoticeReading.Ignored();
        }

        var amount = dispute.Amount("amount");
        var text =
            $"{type}: {dispute.Text("reason")}, {dispute.Text("status")}, {amount?.Amount} {amount?.Currency}";
        return new NoticeReading.OfDispute(key, intent, text[..Math.Min(text.Length, 200)]);
    }
}
