using System.Globalization;
using System.Text.Json;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>Money back over Stripe. The shop's number stands in the refund's metadata, and in its idempotency key.</summary>
internal sealed class StripeRefunds(StripeApi api, TimeProvider clock)
{
    // Stripe remembers a key for 24 hours at least; after that the same call would give the money back once more.
    private static readonly TimeSpan _keyTerm = TimeSpan.FromHours(23);

    // All of a payment's refunds in one page.
    private const int PageSize = 100;

    /// <inheritdoc cref="IPaymentChannel.RefundAsync" />
    public async Task<RefundFinding> MakeAsync(RefundOrder refund, CancellationToken cancel)
    {
        if (StripeAmounts.ToWire(refund.Amount) is not { } amount)
        {
            return new RefundFinding.Refused("amount_too_fine", Again: false);
        }

        if (clock.GetUtcNow() - refund.RequestedAt > _keyTerm)
        {
            var made = await FindAsync(refund, cancel);
            if (made is not RefundFinding.NotFound)
            {
                return made;
            }
        }

        var answer = await api.PostAsync(
            "refunds",
            [
                new("payment_intent", IntentOf(refund)),
                new("amount", amount.ToString(CultureInfo.InvariantCulture)),
                new("metadata[refund]", refund.OutNo),
                new("metadata[out_no]", refund.Payment.OutNo),
            ],
            $"{refund.Payment.Token}:{refund.OutNo}",
            cancel
        );
        return answer switch
        {
            { IsDone: true } => StripeObjects.RefundFindingOf(answer.Body),
            // A fault that the key gives back for a day: the list says whether there is a refund.
            { Status: >= 500 } => new RefundFinding.Unknown(answer.Code),
            _ => new RefundFinding.Refused(
                answer.Code,
                Again: answer.Code is "balance_insufficient" or "insufficient_funds"
            ),
        };
    }

    /// <inheritdoc cref="IPaymentChannel.QueryRefundAsync" />
    public async Task<RefundFinding> FindAsync(RefundOrder refund, CancellationToken cancel)
    {
        var path = refund.Reference is { } id
            ? $"refunds/{Uri.EscapeDataString(id)}"
            : $"refunds?payment_intent={Uri.EscapeDataString(IntentOf(refund))}&limit={PageSize}";
        var answer = await api.GetAsync(path, cancel);
        if (!answer.IsDone)
        {
            return answer.IsMissing ? new RefundFinding.NotFound() : new RefundFinding.Unknown(answer.Code);
        }

        if (refund.Reference is not null)
        {
            return StripeObjects.RefundFindingOf(answer.Body);
        }

        foreach (var made in answer.Body.GetProperty("data").EnumerateArray())
        {
            if (made.Metadata("refund") == refund.OutNo)
            {
                return StripeObjects.RefundFindingOf(made);
            }
        }

        return answer.Body.GetProperty("has_more").ValueKind == JsonValueKind.False
            ? new RefundFinding.NotFound()
            : new RefundFinding.Unknown("more refunds than a page has");
    }

    private static string IntentOf(RefundOrder refund) =>
        refund.Payment.Reference
        ?? throw new InvalidOperationException("What was paid has a number at its channel.");
}
