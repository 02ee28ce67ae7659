using Shop.Data.Carts.Scripts;
using StackExchange.Redis;

namespace Shop.Data.Carts;

/// <summary>What a verification of the shop reads of the carts.</summary>
public sealed class CartConsistency(IConnectionMultiplexer redis)
{
    // One round trip asks for so many at once.
    private const int PageSize = 1000;

    /// <summary>
    /// Counts the keys that would be kept for ever; none in a sound shop. It reads every key of every primary, a page at a
    /// time, and blocks no other client. Which keys they are it does not say: a cart's id is a secret.
    /// </summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public async Task<long> KeysWithoutExpiryAsync(CancellationToken cancel)
    {
        var database = redis.GetDatabase();
        long count = 0;
        foreach (
            var server in redis
                .GetServers()
                .Where(server => server is { IsConnected: true, IsReplica: false })
        )
        {
            var page = new List<Task<TimeSpan?>>(PageSize);
            await foreach (
                var key in server
                    .KeysAsync(pattern: CartKeys.Pattern, pageSize: PageSize)
                    .WithCancellation(cancel)
            )
            {
                page.Add(database.KeyTimeToLiveAsync(key));
                if (page.Count == PageSize)
                {
                    count += await CountAsync(page);
                    page.Clear();
                }
            }

            count += await CountAsync(page);
        }

        return count;
    }

    private static async Task<int> CountAsync(IEnumerable<Task<TimeSpan?>> page) =>
        (await Task.WhenAll(page)).Count(left => left is null);
}
