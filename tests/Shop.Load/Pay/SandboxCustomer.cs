using System.Text.RegularExpressions;
using Shop.Load.Client;

namespace Shop.Load.Pay;

/// <summary>A customer who pays at the sandbox, on the page that takes no money. Safe to share between threads.</summary>
internal sealed partial class SandboxCustomer(PatientClient shop) : IDisposable
{
    private readonly HttpClient _browser = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    );

    /// <summary>Begins a payment.</summary>
    /// <returns>Where its page is.</returns>
    /// <exception cref="ShopFaultException">It was refused.</exception>
    public async Task<Uri> BeginAsync(PlacedOrder order, CancellationToken cancel)
    {
        var input = PayOperation.BeginInput(order, "SANDBOX", "WEB", Guid.CreateVersion7());
        var answer = (await shop.AskAsync(PayOperation.Begin, input, cancel)).GetProperty("paymentBegin");
        return GraphAnswer.Problem(answer) is { } problem
            ? throw new ShopFaultException(problem, "Is it a shop that takes payments without money?")
            : new(answer.GetProperty("payment").GetProperty("nextAction").GetProperty("url").GetString()!);
    }

    /// <summary>Opens a payment's page.</summary>
    /// <returns>What its button sends.</returns>
    public async Task<FormUrlEncodedContent> OpenAsync(Uri page, CancellationToken cancel)
    {
        var html = await _browser.GetStringAsync(page, cancel);
        return new(
            new Dictionary<string, string>
            {
                ["token"] = Token().Match(html).Groups["token"].Value,
                ["deed"] = "Pay",
            }
        );
    }

    /// <summary>Presses the button; returns once the page has answered.</summary>
    public async Task PressAsync(Uri page, FormUrlEncodedContent form, CancellationToken cancel)
    {
        using var answer = await _browser.PostAsync(page, form, cancel);
    }

    public void Dispose() => _browser.Dispose();

    [GeneratedRegex("name=\"token\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
