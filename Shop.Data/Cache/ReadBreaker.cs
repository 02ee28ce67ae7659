using Npgsql;
using Polly;
using Polly.CircuitBreaker;
using Shop.Data.Storage.Faults;
using Shop.Data.Telemetry;

namespace Shop.Data.Cache;

/// <summary>
/// Whether a server of PostgreSQL is asked for rows: while most reads of it come to nothing, none is made for ten seconds, and then one
/// that sees whether it is back. So whoever asks for what is not kept is told at once, and does not queue for a server that is away.
/// Thread-safe.
/// </summary>
internal sealed class ReadBreaker
{
    // A few that fail, as on connections which a server has left behind, say nothing yet.
    private const int ReadsToJudge = 20;
    private static readonly TimeSpan _judgedFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly string _name;
    private readonly ShopMeter _meter;

    /// <param name="name">As metrics call it.</param>
    /// <param name="meter">Counts the reads.</param>
    /// <param name="clock">By which it pauses.</param>
    public ReadBreaker(string name, ShopMeter meter, TimeProvider clock)
    {
        (_name, _meter) = (name, meter);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(
                new()
                {
                    FailureRatio = 0.5,
                    MinimumThroughput = ReadsToJudge,
                    SamplingDuration = _judgedFor,
                    BreakDuration = _pause,
                    StateProvider = _breaker,
                    ShouldHandle = new PredicateBuilder().Handle<Exception>(IsAway),
                }
            )
            .Build();
        meter.ObserveBreakers(() => [(_name, State)]);
    }

    private int State =>
        _breaker.CircuitState switch
        {
            CircuitState.Closed => 0,
            CircuitState.HalfOpen => 1,
            _ => 2,
        };

    /// <summary>Reads.</summary>
    /// <exception cref="NpgsqlException">The server is away, and perhaps was not asked.</exception>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            var rows = await _pipeline.ExecuteAsync(async _ => await read(), CancellationToken.None);
            _meter.Called(_name, "ok");
            return rows;
        }
        catch (BrokenCircuitException refused)
        {
            _meter.Called(_name, "refused");
            throw new NpgsqlException("It does not answer, and is not asked for a moment.", refused);
        }
        catch (Exception fault) when (IsAway(fault))
        {
            _meter.Called(_name, "failed");
            throw;
        }
    }

    // One statement that takes too long may be at fault itself; where most do, it is the server.
    private static bool IsAway(Exception fault) =>
        Outage.Is(fault) || fault is NpgsqlException { InnerException: TimeoutException };
}

/// <summary>The servers of PostgreSQL that rows are read from, each behind a breaker of its own. One for the process.</summary>
public sealed class RowServers(ShopMeter meter, TimeProvider clock)
{
    private readonly ReadBreaker _replica = new("cache-replica", meter, clock);
    private readonly ReadBreaker _primary = new("cache-primary", meter, clock);

    internal ReadBreaker Of(bool isPrimary) => isPrimary ? _primary : _replica;
}
