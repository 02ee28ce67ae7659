using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Sandbox;
using Shop.Data.Storage;

namespace Shop.GraphQL.Payments.Sandbox;

/// <summary>
/// The page where a person pays without money, and what its buttons do: the sandbox's book is written, and a signed notice goes to
/// the address where those of true channels arrive.
/// </summary>
internal sealed class SandboxEndpoint(
    PaySandboxTrade trades,
    SandboxSecret secret,
    SandboxSender sender,
    IOptions<PaymentOptions> options,
    TimeProvider clock
)
{
    /// <summary>Its address.</summary>
    public const string Path = "/payments/sandbox/{outNo}";

    /// <summary>Shows a payment to who has its key.</summary>
    public async Task ShowAsync(HttpContext http, string outNo)
    {
        if (await FindAsync(http, outNo) is not { } trade)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var back = trade.ReturnUrl is { } url ? new Uri(url).GetLeftPart(UriPartial.Authority) : "";
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        // Chromium asks for every place that a form leads to, also by a redirect.
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self' {back}; frame-ancestors 'none'; base-uri 'none'";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(
            SandboxPage.Of(trade, FormToken(trade), nonce, clock.GetUtcNow()),
            http.RequestAborted
        );
    }

    /// <summary>Does what a button says, once, and sends the customer back.</summary>
    public async Task PayAsync(HttpContext http, string outNo)
    {
        if (
            await FindAsync(http, outNo) is not { } trade
            || !http.Request.HasFormContentType
            || await http.Request.ReadFormAsync(http.RequestAborted) is not { } form
            || !Enum.TryParse<SandboxDeed>(form["deed"], out var deed)
            || !secret.Opens(form["token"], StateOf(trade))
        )
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var notices = await trades.RunAsync(trade, deed, http.RequestAborted);
        await Task.WhenAll(notices.Select(notice => TellAsync(notice, http.RequestAborted)));
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = trade.ReturnUrl ?? $"{http.Request.Path}{http.Request.QueryString}";
    }

    private async Task<SandboxTrade?> FindAsync(HttpContext http, string outNo) =>
        secret.Opens(http.Request.Query["k"], outNo)
            ? await trades.FindAsync(outNo, http.RequestAborted)
            : null;

    // Good for the state that the page shows, and so for one deed.
    private string FormToken(SandboxTrade trade) => secret.PageKey(StateOf(trade));

    private static string StateOf(SandboxTrade trade) => $"{trade.OutNo} {trade.PaidAt:O} {trade.ClosedAt:O}";

    private Task TellAsync(SandboxNotice notice, CancellationToken cancel)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(StoredJson.Write(notice));
        var address = new Uri(
            options.Value.Base,
            $"payments/notify/{PaymentChannelCode.Sandbox.Slug()}/{PaymentAccounts.SandboxName}"
        );
        return sender.SendAsync(address, body, secret.Sign(body), cancel);
    }
}

/// <summary>Carries the sandbox's notices to the shop, as a channel does.</summary>
/// <param name="client">Over HTTP.</param>
internal sealed class SandboxSender(HttpClient client)
{
    /// <summary>Sends one. One that does not arrive is lost: the shop asks by itself.</summary>
    public async Task SendAsync(Uri address, byte[] body, string signature, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(body),
        };
        request.Headers.Add(SandboxSecret.Header, signature);
        try
        {
            using var answer = await client.SendAsync(request, cancel);
        }
        catch (HttpRequestException)
        {
            // As with any channel, the job that asks is the net.
        }
    }
}
