using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.Stripe;

/// <content>Payment intents.</content>
public sealed partial class StripeWire
{
    private WireAnswer Create(ImmutableSortedDictionary<string, string> form)
    {
        if (StripeRules.RefuseIntent(form) is { } fault)
        {
            return Refuse(fault);
        }

        var id = NextId("pi");
        var outNo = form.GetValueOrDefault("metadata[out_no]") ?? id;
        var notes = ImmutableDictionary<string, string>
            .Empty.Add(
                StripeNotes.Secret,
                $"{id}_secret_{RandomNumberGenerator.GetHexString(24, lowercase: true)}"
            )
            .Add(StripeNotes.Capture, form.GetValueOrDefault("capture_method", "automatic"))
            .Add(StripeNotes.Description, form.GetValueOrDefault("description", ""));
        var trade = new Trade(
            Channel,
            outNo,
            id,
            long.Parse(form["amount"], CultureInfo.InvariantCulture),
            form["currency"].ToUpperInvariant(),
            NotifyUrl: "",
            form.GetValueOrDefault("metadata[token]"),
            World.Clock.GetUtcNow(),
            ExpiresAt: null
        )
        {
            Notes = form.ContainsKey("metadata[out_no]") ? notes.Add(StripeNotes.OutNo, outNo) : notes,
        };
        // Stripe knows nothing of the shop's numbers: another key makes another intent of the same one.
        if (World.Trades.Open(trade) != trade)
        {
            trade = World.Trades.Open(trade with { OutNo = id });
        }

        _outNos[id] = trade.OutNo;
        return Done(StripeObjects.Intent(trade));
    }

    private WireAnswer Intent(HttpContext http) =>
        Find(http) is { } trade
            ? Done(StripeObjects.Intent(trade))
            : Refuse(new("resource_missing", "intent"));

    private WireAnswer Cancel(HttpContext http) =>
        Change(
            http,
            trade =>
                trade.Status is TradeStatus.Open or TradeStatus.Declined or TradeStatus.Held
                    ? trade with
                    {
                        Status = TradeStatus.Closed,
                    }
                    : null,
            "payment_intent.canceled"
        );

    private WireAnswer Capture(HttpContext http, ImmutableSortedDictionary<string, string> form) =>
        Change(
            http,
            trade =>
            {
                var amount = long.Parse(
                    form.GetValueOrDefault("amount_to_capture", $"{trade.Minor}"),
                    CultureInfo.InvariantCulture
                );
                return trade.Status == TradeStatus.Held && amount > 0 && amount <= trade.Minor
                    ? trade with
                    {
                        Status = TradeStatus.Paid,
                        PaidAt = World.Clock.GetUtcNow(),
                        PaidMinor = amount,
                    }
                    : null;
            },
            "payment_intent.succeeded"
        );

    private WireAnswer Change(HttpContext http, Func<Trade, Trade?> change, string what)
    {
        if (Find(http) is not { } before)
        {
            return Refuse(new("resource_missing", "intent"));
        }

        var after = World.Trades.Change(Channel, before.OutNo, trade => change(trade) ?? trade);
        if (after == before)
        {
            return Refuse(new("payment_intent_unexpected_state"), StripeObjects.Intent(after));
        }

        Tell(what, after);
        return Done(StripeObjects.Intent(after));
    }

    private Trade? Find(HttpContext http) =>
        _outNos.TryGetValue(http.GetRouteValue("id")!.ToString()!, out var outNo)
            ? World.Trades.Get(Channel, outNo)
            : null;

    private static WireAnswer Done(JsonObject body) => new(200, "application/json", body.ToJsonString());
}
