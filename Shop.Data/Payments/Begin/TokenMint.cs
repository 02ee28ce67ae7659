using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Payments.Channels;
using StackExchange.Redis;

namespace Shop.Data.Payments.Begin;

/// <summary>
/// Makes the token of a payment, the same for the same key while Redis remembers it. Redis only spares work: where it is away
/// or has forgotten, a new token is made, and the key's row in PostgreSQL decides.
/// </summary>
public sealed class TokenMint(
    IConnectionMultiplexer redis,
    TokenSecrets secrets,
    IOptions<PaymentOptions> options,
    TimeProvider clock,
    ILogger<TokenMint> log
)
{
    /// <summary>The token of an order's payment under this key.</summary>
    internal async Task<string> MintAsync(OrderId order, Guid nonce, CancellationToken cancel)
    {
        using var span = PaymentSpans.Source.StartActivity("payments.token");
        var minted = new PaymentToken(order.Value, clock.GetUtcNow(), nonce).Sign(secrets.All[0]);
        var key = string.Create(CultureInfo.InvariantCulture, $"payments:token:{order.Value}:{nonce:n}");
        try
        {
            return await KeepAsync(key, minted).WaitAsync(options.Value.TokenLimit, clock, cancel);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.TokenNotLookedUp(fault);
            return minted;
        }
    }

    // Whoever comes second gets the first one's.
    private async Task<string> KeepAsync(string key, string minted)
    {
        var database = redis.GetDatabase();
        return await database.StringSetAsync(key, minted, options.Value.TokenTerm, When.NotExists)
            ? minted
            : (string?)await database.StringGetAsync(key) ?? minted;
    }
}
