using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Shop.Data.Carts;

/// <summary>
/// Which cart follows a customer from device to device. Kept beside the carts, and as long as one after its last use. Thread-safe.
/// </summary>
public sealed class OwnCarts(
    IConnectionMultiplexer redis,
    IOptions<CartOptions> options,
    AwaitRedisLog? log = null
)
{
    private static readonly RedisScript _keep = RedisScript.Load<OwnCarts>("KeepOwnCart");

    /// <summary>The cart that is noted; null where none is. It may have expired since.</summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public async Task<CartId?> FindAsync(CustomerId customer, CancellationToken cancel)
    {
        var found = await redis
            .GetDatabase()
            .StringGetSetExpiryAsync(KeyOf(customer), options.Value.Lifetime)
            .WaitAsync(cancel);
        return found.HasValue && CartId.TryParse(found.ToString(), out var cart) ? cart : null;
    }

    /// <summary>Notes a cart.</summary>
    /// <param name="customer">Whose it is.</param>
    /// <param name="cart">Which.</param>
    /// <param name="before">What <see cref="FindAsync"/> has said.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>False where another one has been noted in between.</returns>
    internal async Task<bool> KeepAsync(
        CustomerId customer,
        CartId cart,
        CartId? before,
        CancellationToken cancel
    )
    {
        var isKept = (int)
            await _keep
                .RunAsync(
                    redis.GetDatabase(),
                    [KeyOf(customer)],
                    [before?.Secret ?? "", cart.Secret, (long)options.Value.Lifetime.TotalMilliseconds]
                )
                .WaitAsync(cancel);
        if (log is not null)
        {
            await log(cancel);
        }

        return isKept == 1;
    }

    // Of the form of a cart's keys: a check for keys that are kept for ever finds these as well.
    private static RedisKey KeyOf(CustomerId customer) =>
        string.Create(CultureInfo.InvariantCulture, $"cart:{{customer-{customer.Value}}}:own");
}
