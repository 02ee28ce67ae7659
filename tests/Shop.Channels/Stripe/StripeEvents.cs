using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Channels.Faults;
using Shop.Channels.Notices;

namespace Shop.Channels.Stripe;

/// <summary>Stripe's notices, which it calls events.</summary>
internal static class StripeEvents
{
    /// <summary>What is sent; well signed ones may lie.</summary>
    public static string Write(Notice notice)
    {
        var subject =
            notice.Refund is { } refund ? StripeObjects.Refund(notice.Trade, refund)
            : notice.What.StartsWith("charge.dispute.", StringComparison.Ordinal)
                ? StripeObjects.Dispute(notice.Trade)
            : StripeObjects.Intent(notice.Trade);
        switch (notice.Fault)
        {
            case NoticeFault.OtherAmount:
                subject["amount"] = (long)subject["amount"]! - 1;
                subject["amount_received"] = (long)(subject["amount_received"] ?? 1) - 1;
                break;
            case NoticeFault.OtherOrder:
                subject["metadata"]!["out_no"] = $"{subject["metadata"]!["out_no"]}9";
                break;
            case NoticeFault.OtherToken:
                subject["metadata"]!["token"] = $"{subject["metadata"]!["token"]}9";
                break;
        }

        return new JsonObject
        {
            ["id"] = notice.Id,
            ["object"] = "event",
            ["api_version"] = "2025-03-31.basil",
            ["created"] = notice.At.ToUnixTimeSeconds(),
            ["livemode"] = false,
            ["pending_webhooks"] = 1,
            ["type"] = notice.What,
            ["data"] = new JsonObject { ["object"] = subject },
        }.ToJsonString();
    }

    /// <summary>The header that says who has sent it, and when.</summary>
    public static string Sign(string body, string secret, DateTimeOffset at)
    {
        var second = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(
            Encoding.ASCII.GetBytes(secret),
            Encoding.UTF8.GetBytes($"{second}.{body}")
        );
        return $"t={second},v1={Convert.ToHexStringLower(mac)}";
    }
}
