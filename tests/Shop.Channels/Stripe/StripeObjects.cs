using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Channels.Books;

namespace Shop.Channels.Stripe;

/// <summary>Stripe's objects, as its answers and events show them.</summary>
internal static class StripeObjects
{
    /// <summary>A payment intent.</summary>
    public static JsonObject Intent(Trade trade) =>
        new()
        {
            ["id"] = trade.Reference,
            ["object"] = "payment_intent",
            ["amount"] = trade.Minor,
            ["amount_capturable"] = trade.Status == TradeStatus.Held ? trade.Minor : 0,
            ["amount_received"] = trade.PaidMinor,
            ["capture_method"] = trade.Notes[StripeNotes.Capture],
            ["client_secret"] = trade.Notes[StripeNotes.Secret],
            ["created"] = trade.OpenedAt.ToUnixTimeSeconds(),
            ["currency"] = trade.Currency.ToLowerInvariant(),
            ["description"] = trade.Notes.GetValueOrDefault(StripeNotes.Description),
            ["latest_charge"] = trade.PaidAt is null ? null : ChargeId(trade),
            ["livemode"] = false,
            ["metadata"] = Metadata(trade.Notes.GetValueOrDefault(StripeNotes.OutNo), trade.Token),
            ["status"] = trade.Status switch
            {
                TradeStatus.Held => "requires_capture",
                TradeStatus.Paid => "succeeded",
                TradeStatus.Closed => "canceled",
                _ => "requires_payment_method",
            },
        };

    /// <summary>The charge of an intent that was paid.</summary>
    public static JsonObject Charge(Trade trade) =>
        new()
        {
            ["id"] = ChargeId(trade),
            ["object"] = "charge",
            ["amount"] = trade.Minor,
            ["amount_captured"] = trade.PaidMinor,
            ["amount_refunded"] = trade.BackMinor,
            ["currency"] = trade.Currency.ToLowerInvariant(),
            ["metadata"] = Metadata(trade.Notes.GetValueOrDefault(StripeNotes.OutNo), trade.Token),
            ["payment_intent"] = trade.Reference,
            ["status"] = "succeeded",
        };

    /// <summary>A refund.</summary>
    public static JsonObject Refund(Trade trade, TradeRefund refund)
    {
        var metadata = new JsonObject();
        if (refund.Notes.GetValueOrDefault(StripeNotes.Refund) is { } number)
        {
            metadata["refund"] = number;
            metadata["out_no"] = refund.Notes.GetValueOrDefault(StripeNotes.OutNo);
        }

        return new()
        {
            ["id"] = refund.Reference,
            ["object"] = "refund",
            ["amount"] = refund.Minor,
            ["charge"] = ChargeId(trade),
            ["created"] = refund.At.ToUnixTimeSeconds(),
            ["currency"] = trade.Currency.ToLowerInvariant(),
            ["failure_reason"] = refund.Status == RefundStatus.Failed ? "lost_or_stolen_card" : null,
            ["metadata"] = metadata,
            ["payment_intent"] = trade.Reference,
            ["status"] = refund.Status switch
            {
                RefundStatus.Succeeded => "succeeded",
                RefundStatus.Failed => "failed",
                RefundStatus.Stuck => "requires_action",
                _ => "pending",
            },
        };
    }

    /// <summary>A customer's dispute with their bank.</summary>
    public static JsonObject Dispute(Trade trade) =>
        new()
        {
            ["id"] = $"dp_{trade.Reference[3..]}",
            ["object"] = "dispute",
            ["amount"] = trade.PaidMinor,
            ["charge"] = ChargeId(trade),
            ["currency"] = trade.Currency.ToLowerInvariant(),
            ["payment_intent"] = trade.Reference,
            ["reason"] = "fraudulent",
            ["status"] = "needs_response",
        };

    /// <summary>An error.</summary>
    public static JsonObject Error(StripeFault fault, JsonObject? intent = null) =>
        new()
        {
            ["error"] = new JsonObject
            {
                ["code"] = fault.Code,
                ["message"] = string.Create(CultureInfo.InvariantCulture, $"Refused: {fault.Code}."),
                ["param"] = fault.Parameter,
                ["payment_intent"] = intent,
                ["type"] = fault.Code.StartsWith("idempotency", StringComparison.Ordinal)
                    ? "idempotency_error"
                    : "invalid_request_error",
            },
        };

    /// <summary>A page of a list.</summary>
    public static JsonObject List(string url, IEnumerable<JsonNode> page, bool hasMore) =>
        new()
        {
            ["object"] = "list",
            ["url"] = url,
            ["has_more"] = hasMore,
            ["data"] = new JsonArray([.. page]),
        };

    private static string ChargeId(Trade trade) => $"ch_{trade.Reference[3..]}";

    private static JsonObject Metadata(string? outNo, string? token)
    {
        var metadata = new JsonObject();
        if (outNo is not null)
        {
            metadata["out_no"] = outNo;
        }

        if (token is not null)
        {
            metadata["token"] = token;
        }

        return metadata;
    }
}

/// <summary>What Stripe's wire remembers beside the book.</summary>
internal static class StripeNotes
{
    public const string Secret = "secret";
    public const string Capture = "capture";
    public const string Description = "description";
    public const string OutNo = "out_no";
    public const string Refund = "refund";
}
