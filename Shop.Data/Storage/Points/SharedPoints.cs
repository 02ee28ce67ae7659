using System.Globalization;
using StackExchange.Redis;

namespace Shop.Data.Storage.Points;

/// <summary>
/// Points of rules that all nodes share, in Redis. Asks for a Redis with the first call only: a host may have read its rules
/// before it has one. Thread-safe.
/// </summary>
/// <param name="redis">Where they are counted.</param>
/// <param name="clock">Tells how long Redis has taken.</param>
public sealed class SharedPoints(Func<IConnectionMultiplexer> redis, TimeProvider clock)
{
    // Whoever asks for an operation waits for this before it has even begun.
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    private static readonly RedisScript _take = RedisScript.Load<SharedPoints>("TakePoints");

    // A process may be several nodes, in tests.
    private readonly string _node = $"{ThisNode.Name}:{Random.Shared.Next()}";

    /// <summary>Takes points of a rule.</summary>
    /// <param name="rule">Its id.</param>
    /// <param name="wanted">How many, at the most; at least 1.</param>
    /// <param name="perSecond">How many come in a second, for all nodes together.</param>
    /// <param name="burst">How many there can be at once; at least 1.</param>
    /// <param name="warmUp">For how long they come more slowly, from a third on, after nobody took for as long.</param>
    /// <returns>What was taken; null where Redis is away, or takes longer than a tenth of a second.</returns>
    public async Task<TakenPoints?> TakeAsync(
        string rule,
        int wanted,
        double perSecond,
        double burst,
        TimeSpan warmUp
    )
    {
        try
        {
            var connection = redis();
            if (!connection.IsConnected)
            {
                return null;
            }

            var answer = await _take
                .RunAsync(
                    connection.GetDatabase(),
                    [$"points:{{{rule}}}", $"points:{{{rule}}}:nodes"],
                    [wanted, Text(perSecond), Text(burst), Text(warmUp.TotalMicroseconds), _node]
                )
                .WaitAsync(_patience, clock);
            var (taken, wait, nodes) = ((int)answer[0], (long)answer[1], (int)answer[2]);
            return new(taken, TimeSpan.FromMicroseconds(wait), nodes);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>What a node has got of the points of a rule.</summary>
/// <param name="Count">How many; none is an answer, too.</param>
/// <param name="Wait">How long until there is one more; zero where it has got all that it wanted.</param>
/// <param name="Nodes">How many nodes have taken within the last ten seconds, with this one.</param>
public readonly record struct TakenPoints(int Count, TimeSpan Wait, int Nodes);
