using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.Stripe;

/// <content>The list of balance transactions, newest first: what a shop compares its book with.</content>
public sealed partial class StripeWire
{
    private WireAnswer Balance(IQueryCollection query)
    {
        if (
            !long.TryParse(query["created[gte]"], CultureInfo.InvariantCulture, out var from)
            || !long.TryParse(query["created[lt]"], CultureInfo.InvariantCulture, out var until)
            || !int.TryParse(
                query["limit"].FirstOrDefault() ?? "10",
                CultureInfo.InvariantCulture,
                out var limit
            )
            || limit is < 1 or > 100
        )
        {
            return Refuse(new("parameter_invalid_integer"));
        }

        var all = World
            .Trades.All.Where(trade => trade.Channel == Channel)
            .SelectMany(Transactions)
            .Where(transaction =>
                (long)transaction["created"]! >= from && (long)transaction["created"]! < until
            )
            .OrderByDescending(transaction => (long)transaction["created"]!)
            .ThenByDescending(transaction => (string)transaction["id"]!, StringComparer.Ordinal)
            .ToList();
        var after = query["starting_after"].ToString();
        var start =
            after.Length == 0 ? 0 : all.FindIndex(transaction => (string)transaction["id"]! == after) + 1;
        if (after.Length > 0 && start == 0)
        {
            return Refuse(new("resource_missing", "starting_after"));
        }

        var page = all.Skip(start).Take(limit).ToList();
        if (!query["expand[]"].Contains("data.source"))
        {
            page.ForEach(transaction => transaction["source"] = (string?)transaction["source"]!["id"]);
        }

        return Done(StripeObjects.List("/v1/balance_transactions", page, all.Count > start + page.Count));
    }

    // What was paid is settled with its fee, what goes back without; a fee of Stripe's own and a payout stand among them.
    private static IEnumerable<JsonObject> Transactions(Trade trade)
    {
        if (trade.PaidAt is not { } paidAt)
        {
            yield break;
        }

        yield return Transaction("charge", trade, paidAt, trade.PaidMinor, StripeObjects.Charge(trade), 25);
        yield return Transaction(
            "stripe_fee",
            trade,
            paidAt,
            -5,
            new() { ["id"] = $"fee_{trade.Reference[3..]}", ["object"] = "fee" },
            0
        );
        foreach (var refund in trade.Refunds)
        {
            yield return Transaction(
                "refund",
                trade,
                refund.At,
                -refund.Minor,
                StripeObjects.Refund(trade, refund),
                0
            );
        }
    }

    private static JsonObject Transaction(
        string type,
        Trade trade,
        DateTimeOffset at,
        long amount,
        JsonObject source,
        long fee
    ) =>
        new()
        {
            ["id"] = $"txn_{source["id"]}",
            ["object"] = "balance_transaction",
            ["amount"] = amount,
            ["created"] = at.ToUnixTimeSeconds(),
            ["currency"] = trade.Currency.ToLowerInvariant(),
            ["fee"] = fee,
            ["net"] = amount - fee,
            ["source"] = source,
            ["status"] = "available",
            ["type"] = type,
        };
}
