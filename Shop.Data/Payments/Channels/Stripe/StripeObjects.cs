using System.Text.Json;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>What Stripe's payment intents and refunds say, in the shop's words.</summary>
internal static class StripeObjects
{
    /// <summary>What an intent says of its payment.</summary>
    /// <param name="intent">The object.</param>
    /// <param name="at">When it came to be so; null where that is not told.</param>
    public static Finding FindingOf(JsonElement intent, DateTimeOffset? at = null) =>
        intent.Text("status") switch
        {
            "succeeded" => ReceiptOf(intent, "amount_received", at) is { } receipt
                ? new Finding.Paid(receipt)
                : new Finding.Unknown("an intent whose amount can't be read"),
            "requires_capture" => ReceiptOf(intent, "amount_capturable", at) is { } receipt
                ? new Finding.Held(receipt)
                : new Finding.Unknown("an intent whose amount can't be read"),
            "canceled" => new Finding.Closed(),
            // A card that was declined leaves the intent open for another.
            "requires_payment_method" or "requires_confirmation" or "requires_action" or "processing" =>
                new Finding.Waiting(),
            _ => new Finding.Unknown("an intent with a status that is not known"),
        };

    /// <summary>What a refund says of itself.</summary>
    public static RefundFinding RefundFindingOf(JsonElement refund) =>
        (refund.Text("id"), refund.Text("status")) switch
        {
            ({ } id, "succeeded") => new RefundFinding.Done(id),
            // It waits for the bank, or for the customer to say where the money shall go.
            ({ } id, "pending" or "requires_action") => new RefundFinding.Accepted(id),
            (not null, "failed") => new RefundFinding.Refused(
                refund.Text("failure_reason") ?? "failed",
                false
            ),
            (not null, "canceled") => new RefundFinding.Refused("canceled", false),
            _ => new RefundFinding.Unknown("a refund with a status that is not known"),
        };

    private static Receipt? ReceiptOf(JsonElement intent, string amount, DateTimeOffset? at) =>
        intent.Text("id") is { } id
        && intent.Metadata("out_no") is { } outNo
        && intent.Amount(amount) is { } money
            ? new(outNo, id, money.Minor, money.Currency, PaidAt: at, Token: intent.Metadata("token"))
            : null;
}
