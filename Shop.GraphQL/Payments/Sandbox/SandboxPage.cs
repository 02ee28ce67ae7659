using System.Globalization;
using System.Text.Encodings.Web;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels.Sandbox;

namespace Shop.GraphQL.Payments.Sandbox;

/// <summary>What a person sees who pays without money. Without script.</summary>
internal static class SandboxPage
{
    private static readonly (SandboxDeed Deed, string Label, string Says)[] _whileOpen =
    [
        (SandboxDeed.Pay, "Pay", "The shop is told at once."),
        (SandboxDeed.Decline, "Decline", "The shop is told; the order can be paid by another try."),
        (SandboxDeed.PayTwice, "Pay twice", "The shop is told twice at once, and counts it once."),
        (SandboxDeed.PayLess, "Pay a penny less", "The shop asks, and gives the money back."),
        (SandboxDeed.SayNothing, "Say nothing", "Paid, but the shop has to find out by itself."),
    ];

    private static readonly (SandboxDeed Deed, string Label, string Says)[] _afterwards =
    [
        (SandboxDeed.PayLate, "Pay late", "The money comes all the same, and the shop gives it back."),
    ];

    /// <summary>The page of a payment.</summary>
    /// <param name="trade">As the sandbox knows it.</param>
    /// <param name="token">Comes back with the button.</param>
    /// <param name="nonce">Lets its style through.</param>
    /// <param name="now">The time.</param>
    public static string Of(SandboxTrade trade, string token, string nonce, DateTimeOffset now)
    {
        var isOpen = trade.PaidAt is null && trade.ClosedAt is null && trade.ExpiresAt > now;
        var state =
            trade.PaidAt is not null ? "Paid."
            : trade.ClosedAt is not null ? "Closed: it can't be paid any more."
            : isOpen ? $"{Math.Ceiling((trade.ExpiresAt - now).TotalMinutes):0} minutes left."
            : "Its time is over.";
        var buttons =
            trade.PaidAt is not null ? []
            : isOpen ? _whileOpen
            : _afterwards;
        var amount = new Money(trade.Minor, trade.Currency).Amount.ToString(CultureInfo.InvariantCulture);
        return $$"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Pay without money</title>
            <style nonce="{{nonce}}">
              body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 3rem auto; padding: 0 1rem; color: #1d2330; }
              h1 { font-size: 1rem; font-weight: 600; color: #5b6474; }
              .amount { font-size: 2.5rem; font-weight: 700; margin: 0; }
              .state { color: #5b6474; margin-top: 0; }
              form { display: grid; grid-template-columns: 11rem 1fr; gap: .75rem 1rem; align-items: center; }
              button { font: inherit; padding: .55rem; border: 1px solid #c3c9d4; border-radius: .4rem; background: #fff; cursor: pointer; }
              button[value=Pay] { background: #1f6f43; border-color: #1f6f43; color: #fff; }
              small { color: #5b6474; }
            </style>
            <h1>{{Text(trade.Description)}}</h1>
            <p class="amount">{{amount}} {{trade.Currency}}</p>
            <p class="state">{{state}} No money moves here.</p>
            <form method="post">
              <input type="hidden" name="token" value="{{token}}">
              {{string.Concat(buttons.Select(Button))}}
            </form>
            </html>
            """;
    }

    // The token takes no cell: hidden inputs are not laid out.
    private static string Button((SandboxDeed Deed, string Label, string Says) button) =>
        $"<button name=\"deed\" value=\"{button.Deed}\">{Text(button.Label)}</button><small>{Text(button.Says)}</small>\n";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
