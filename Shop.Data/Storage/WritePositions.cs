using System.Globalization;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>
/// Remembers for some seconds how far the write-ahead log was when a client had written, so that it reads its own
/// writes: from a replica that has come that far, or from the primary. Everyone else reads any replica.
/// </summary>
/// <remarks>A comfort, not a guarantee: where Redis is away, a reader may see what was true some milliseconds ago.</remarks>
public sealed class WritePositions(IConnectionMultiplexer redis, ILogger<WritePositions> log)
{
    /// <summary>The position of one who has to read the primary, however far a replica is.</summary>
    public const string AheadOfReplicas = "FFFFFFFF/FFFFFFFF";

    // Far longer than a healthy replica lags, and short enough that a broken one is soon left alone.
    private static readonly TimeSpan _kept = TimeSpan.FromSeconds(5);

    /// <summary>On whose behalf a customer reads and writes.</summary>
    public static string SubjectOf(CustomerId customer) =>
        string.Create(CultureInfo.InvariantCulture, $"customer:{customer.Value}");

    /// <summary>Notes that these have written up to a position; one round trip.</summary>
    /// <param name="subjects">Who: see <see cref="Reads{TDb}"/>.</param>
    /// <param name="position">What <c>pg_current_wal_lsn()</c> said after the commit; or <see cref="AheadOfReplicas"/>.</param>
    public async Task MarkAsync(IReadOnlyCollection<string> subjects, string position)
    {
        var database = redis.GetDatabase();
        try
        {
            await Task.WhenAll(
                subjects.Select(subject => database.StringSetAsync(KeyOf(subject), position, _kept))
            );
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.PositionLost(subjects.Count, fault);
        }
    }

    /// <summary>The positions that a reader on behalf of these must not be behind; mostly none.</summary>
    internal async Task<IReadOnlyList<string>> OfAsync(IReadOnlyCollection<string> subjects)
    {
        try
        {
            // One by one in one round trip: keys of a cluster live on different nodes.
            var found = await Task.WhenAll(
                subjects.Select(subject => redis.GetDatabase().StringGetAsync(KeyOf(subject)))
            );
            return [.. found.Where(position => position.HasValue).Select(position => position.ToString())];
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.PositionLost(subjects.Count, fault);
            return [];
        }
    }

    private static RedisKey KeyOf(string subject) => $"wrote:{subject}";
}
