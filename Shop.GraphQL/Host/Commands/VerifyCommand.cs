using Shop.Data.Carts;
using Shop.GraphQL.Host.Embedded;
using Shop.Jobs.Verification;

namespace Shop.GraphQL.Host.Commands;

/// <summary>
/// <c>verify</c>: proves that ledger, orders, messages and carts agree, or lists where they do not; <c>verify --mend</c> first
/// gives an expiry to what of carts would be kept for ever.
/// </summary>
internal static class VerifyCommand
{
    /// <summary>Asks for what can be mended to be mended; all other words are settings.</summary>
    public const string Mend = "--mend";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <returns>0 where the books balance, 1 where they do not.</returns>
    public static async Task<int> RunAsync(
        bool mends,
        IServiceProvider services,
        Steps steps,
        CancellationToken cancel
    )
    {
        if (mends)
        {
            var mended = await services.GetRequiredService<CartConsistency>().MendAsync(cancel);
            await steps.SayAsync($"Carts: {mended} keys had no expiry, and have one now.");
        }

        var report = await services.GetRequiredService<VerifyConsistency>().RunAsync(_patience, cancel);
        foreach (var finding in report.Findings)
        {
            await steps.SayAsync($"  ✗ {finding}");
        }

        await steps.SayAsync(
            $"{Steps.Amount(report.Orders, "order")}; the books {(report.Balances ? "balance" : "do not balance")}."
        );
        return report.Balances ? 0 : 1;
    }
}
