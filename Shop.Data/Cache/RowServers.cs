using Npgsql;
using Shop.Data.Storage.Breakers;
using Shop.Data.Storage.Faults;
using Shop.Data.Telemetry;

namespace Shop.Data.Cache;

/// <summary>
/// The servers of PostgreSQL that rows are read from, each behind a breaker of its own: whoever asks for what is not kept is told at
/// once, and does not queue for a server that is away. One for the process.
/// </summary>
public sealed class RowServers(ShopMeter meter, TimeProvider clock)
{
    // A few that fail, as on connections which a server has left behind, say nothing yet.
    private static readonly BreakerTerms _terms = new(
        ErrorRatio: 0.5,
        Window: TimeSpan.FromSeconds(10),
        Least: 20,
        Open: TimeSpan.FromSeconds(10)
    );

    private readonly Breaker _replica = new("cache-replica", _terms, IsAway, meter, clock);
    private readonly Breaker _primary = new("cache-primary", _terms, IsAway, meter, clock);

    /// <summary>Both of them.</summary>
    internal IReadOnlyList<Breaker> Breakers => [_replica, _primary];

    /// <summary>Reads.</summary>
    /// <param name="isPrimary">Of the primary; else of a replica.</param>
    /// <param name="read">What.</param>
    /// <exception cref="NpgsqlException">The server is away, and perhaps was not asked.</exception>
    internal Task<T> ReadAsync<T>(bool isPrimary, Func<Task<T>> read) =>
        (isPrimary ? _primary : _replica).CallAsync(
            read,
            refused: () => throw new NpgsqlException("It does not answer, and is not asked for a moment.")
        );

    // One statement that takes too long may be at fault itself; where most do, it is the server.
    private static bool IsAway(Exception fault) =>
        Outage.Is(fault) || fault is NpgsqlException { InnerException: TimeoutException };
}
