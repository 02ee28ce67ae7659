using System.Collections.Immutable;
using System.Globalization;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.Stripe;

/// <content>Refunds.</content>
public sealed partial class StripeWire
{
    private WireAnswer Refund(ImmutableSortedDictionary<string, string> form)
    {
        if (
            !_outNos.TryGetValue(form.GetValueOrDefault("payment_intent", ""), out var outNo)
            || World.Trades.Get(Channel, outNo) is not { Status: TradeStatus.Paid } paid
        )
        {
            return Refuse(new("resource_missing", "payment_intent"));
        }

        if (StripeRules.RefuseRefund(form, paid.Currency.ToLowerInvariant()) is { } fault)
        {
            return Refuse(fault);
        }

        var left = paid.PaidMinor - paid.BackMinor;
        var amount = form.TryGetValue("amount", out var text)
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : left;
        if (amount > left)
        {
            return Refuse(left == 0 ? new("charge_already_refunded") : new("amount_too_large", "amount"));
        }

        var number = form.GetValueOrDefault("metadata[refund]");
        var refund = new TradeRefund(number ?? "", NextId("re"), amount, World.Clock.GetUtcNow())
        {
            Status = HoldsRefunds ? RefundStatus.Pending : RefundStatus.Succeeded,
            Notes = number is null
                ? ImmutableDictionary<string, string>.Empty
                : ImmutableDictionary<string, string>
                    .Empty.Add(StripeNotes.Refund, number)
                    .Add(StripeNotes.OutNo, form.GetValueOrDefault("metadata[out_no]", "")),
        };
        var trade = World.Trades.Change(
            Channel,
            outNo,
            before => before with { Refunds = before.Refunds.Add(refund) }
        );
        Tell("refund.created", trade, refund);
        return Done(StripeObjects.Refund(trade, refund));
    }

    private WireAnswer Refund(HttpContext http)
    {
        var id = http.GetRouteValue("id")!.ToString();
        return (
            from trade in World.Trades.All
            where trade.Channel == Channel
            from refund in trade.Refunds
            where refund.Reference == id
            select Done(StripeObjects.Refund(trade, refund))
        ).FirstOrDefault(Refuse(new("resource_missing", "id")));
    }

    private WireAnswer Refunds(IQueryCollection query)
    {
        if (!_outNos.TryGetValue(query["payment_intent"].ToString(), out var outNo))
        {
            return Refuse(new("resource_missing", "payment_intent"));
        }

        var limit = int.Parse(query["limit"].FirstOrDefault() ?? "10", CultureInfo.InvariantCulture);
        if (limit is < 1 or > 100)
        {
            return Refuse(new("parameter_invalid_integer", "limit"));
        }

        var trade = World.Trades.Get(Channel, outNo);
        return Done(
            StripeObjects.List(
                "/v1/refunds",
                trade.Refunds.Reverse().Take(limit).Select(refund => StripeObjects.Refund(trade, refund)),
                trade.Refunds.Count > limit
            )
        );
    }
}
