using Microsoft.Extensions.Options;
using Shop.Data.Carts.Scripts;
using StackExchange.Redis;

namespace Shop.Data.Carts;

/// <summary>What a verification of the shop reads of the carts, and how it is mended.</summary>
public sealed class CartConsistency(IConnectionMultiplexer redis, IOptions<CartOptions> options)
{
    // One round trip asks for so many at once.
    private const int PageSize = 1000;

    /// <summary>
    /// Counts the keys that would be kept for ever; none in a sound shop. It reads every key of every primary, a page at a
    /// time, and blocks no other client. Which keys they are it does not say: a cart's id is a secret.
    /// </summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public Task<long> KeysWithoutExpiryAsync(CancellationToken cancel) =>
        CountAsync(async key => await redis.GetDatabase().KeyTimeToLiveAsync(key) is null, cancel);

    /// <summary>
    /// Gives these keys the lifetime of a cart: what a kill has left of a cart that was never answered is gone after it, and a
    /// cart that is in use stays.
    /// </summary>
    /// <returns>How many they were.</returns>
    /// <exception cref="RedisException">Redis is away.</exception>
    public Task<long> MendAsync(CancellationToken cancel) =>
        CountAsync(
            key => redis.GetDatabase().KeyExpireAsync(key, options.Value.Lifetime, ExpireWhen.HasNoExpiry),
            cancel
        );

    private async Task<long> CountAsync(Func<RedisKey, Task<bool>> isSuch, CancellationToken cancel)
    {
        long count = 0;
        foreach (
            var server in redis
                .GetServers()
                .Where(server => server is { IsConnected: true, IsReplica: false })
        )
        {
            await foreach (
                var page in server
                    .KeysAsync(pattern: CartKeys.Pattern, pageSize: PageSize)
                    .Chunk(PageSize)
                    .WithCancellation(cancel)
            )
            {
                count += (await Task.WhenAll(page.Select(isSuch))).Count(one => one);
            }
        }

        return count;
    }
}
