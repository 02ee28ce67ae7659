using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Shop.Channels.Books;

namespace Shop.Channels.Control;

/// <summary>A page for people: what waits to be paid, each with two buttons. Channels whose page a browser is sent to lead here.</summary>
internal static class CounterPage
{
    public static void Map(IEndpointRouteBuilder routes, ChannelSimulator simulator)
    {
        routes.MapGet(
            "/",
            (string? trade, string? redirect_url) =>
                Results.Content(Page(simulator.Trades.All, trade, redirect_url), "text/html; charset=utf-8")
        );
        routes.MapPost(
            "/counter/{channel}/{outNo}/{deed}",
            (string channel, string outNo, string deed, string? back) =>
            {
                try
                {
                    _ = deed == "pay" ? simulator.Pay(channel, outNo) : simulator.Decline(channel, outNo);
                    return Results.Redirect(string.IsNullOrEmpty(back) ? "/" : back);
                }
                catch (KeyNotFoundException)
                {
                    return Results.NotFound();
                }
                catch (InvalidOperationException refused)
                {
                    return Results.Text(refused.Message, statusCode: StatusCodes.Status409Conflict);
                }
            }
        );
    }

    private static string Page(IReadOnlyList<Trade> trades, string? outNo, string? back)
    {
        var page = new StringBuilder(
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Simulated channels</title>
            <style>
              body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 48rem; padding: 0 1rem }
              table { border-collapse: collapse; width: 100% }
              td, th { border-bottom: 1px solid #ddd; padding: .5rem; text-align: left }
              td.amount, th.amount { text-align: right }
              form { display: inline }
            </style>
            <h1>Simulated channels</h1>
            <p>No money moves here. What you pay is told to the shop as the true channel would tell it.</p>
            <table>
            <tr><th>Channel<th>Number<th class="amount">Amount in minor units<th>Status<th>
            """
        );
        foreach (var trade in trades.Where(trade => outNo is null || trade.OutNo == outNo).Reverse())
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n<tr><td>{trade.Channel}<td>{Html(trade.OutNo)}<td class=\"amount\">{trade.Minor} {Html(trade.Currency)}<td>{trade.Status}<td>"
            );
            if (trade.Status is TradeStatus.Offered or TradeStatus.Open or TradeStatus.Declined)
            {
                page.Append(Button(trade, "pay", "Pay", back))
                    .Append(Button(trade, "decline", "Decline", back));
            }
        }

        return page.Append("\n</table>\n</html>\n").ToString();
    }

    private static string Button(Trade trade, string deed, string label, string? back) =>
        $"<form method=\"post\" action=\"/counter/{trade.Channel}/{Html(Uri.EscapeDataString(trade.OutNo))}/{deed}?back={Html(Uri.EscapeDataString(back ?? ""))}\"><button>{label}</button></form> ";

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);
}
