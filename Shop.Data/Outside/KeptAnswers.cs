using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Shop.Data.Outside;

/// <summary>
/// Answers from outside that all nodes keep for a while, so that what is asked again is answered alike. Redis only spares calls: where
/// it is away, nothing is kept.
/// </summary>
public sealed class KeptAnswers(IConnectionMultiplexer redis, TimeProvider clock, ILogger<KeptAnswers> log)
{
    private static readonly TimeSpan _limit = TimeSpan.FromMilliseconds(200);

    /// <summary>Under which key an answer is kept: one for all that it depends on.</summary>
    /// <param name="whose">Who answers.</param>
    /// <param name="question">All that the answer depends on.</param>
    public static string KeyOf<T>(string whose, T question) =>
        $"{whose}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StoredJson.Write(question))))}";

    /// <returns>Null where none is kept, or Redis is away.</returns>
    public async Task<T?> FindAsync<T>(string key, CancellationToken cancel)
        where T : class =>
        (string?)await TryAsync(redis.GetDatabase().StringGetAsync(key), cancel) is { } text
            ? StoredJson.Read<T>(text)
            : null;

    /// <summary>Keeps an answer, where Redis is there.</summary>
    public Task KeepAsync<T>(string key, T answer, TimeSpan term, CancellationToken cancel) =>
        TryAsync(redis.GetDatabase().StringSetAsync(key, StoredJson.Write(answer), term), cancel);

    private async Task<T?> TryAsync<T>(Task<T> deed, CancellationToken cancel)
    {
        try
        {
            return await deed.WaitAsync(_limit, clock, cancel);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.NothingKept(fault);
            return default;
        }
    }
}
