using Microsoft.Extensions.Logging;

namespace Shop.Data.Payments.Channels;

/// <summary>Warns in the log of keys that end soon, each day until the next ones are there.</summary>
public sealed class WarnOfKeys(PaymentAccounts accounts, ILogger<WarnOfKeys> log)
{
    /// <returns>Zero: there is nothing left to do.</returns>
    public Task<int> RunAsync()
    {
        foreach (var account in accounts.All.Where(account => account.IsKeyEnding))
        {
            log.KeyEnding(account.Name, account.Traits.KeyExpiresAt!.Value);
        }

        return Task.FromResult(0);
    }
}
