using System.Collections.Concurrent;
using System.Text.Json;

namespace Shop.Load.Client;

/// <summary>
/// Sends the same call again while the shop is away or in trouble, as a client with an idempotency key may: a shop that
/// is killed and started again meanwhile costs time, nothing else.
/// </summary>
/// <param name="nodes">Web hosts of one shop: while one is away, another is asked.</param>
/// <param name="clock">Paces the repetitions.</param>
internal sealed class PatientClient(IReadOnlyList<ShopClient> nodes, TimeProvider clock)
{
    /// <summary>How long one call is repeated: a killed shop is back in seconds, a new machine in less than a minute.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, int> _reasons = new();
    private uint _turn;

    /// <summary>A client of a shop with one web host.</summary>
    public PatientClient(ShopClient shop, TimeProvider clock)
        : this([shop], clock) { }

    /// <summary>Calls that were sent again.</summary>
    public int Retries => _reasons.Values.Sum();

    /// <summary>Why, as the shop said it; <c>away</c> where it said nothing.</summary>
    public IReadOnlyDictionary<string, int> Reasons => _reasons;

    /// <returns>The answer's <c>data</c>.</returns>
    /// <exception cref="ShopAwayException">Away, or in trouble, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="ShopFaultException">An error that no repetition mends.</exception>
    public async Task<JsonElement> AskAsync(Operation operation, object? variables, CancellationToken cancel)
    {
        var (began, pause) = (clock.GetTimestamp(), _firstPause);
        for (var tries = 1; ; tries++)
        {
            // The nodes share the calls among them.
            var node = nodes[(int)(Interlocked.Increment(ref _turn) % (uint)nodes.Count)];
            try
            {
                return await node.AskAsync(operation, variables, cancel);
            }
            catch (Exception fault) when (fault is ShopAwayException or ShopFaultException { MayPass: true })
            {
                if (clock.GetElapsedTime(began) > Patience)
                {
                    throw new ShopAwayException($"{operation.Name}: {fault.Message}", fault);
                }

                var reason = fault is ShopFaultException said ? said.Code : "away";
                _reasons.AddOrUpdate(reason, 1, (_, count) => count + 1);
            }

            // At once from the next node; all of them have to be asked before it is worth a pause.
            if (tries % nodes.Count == 0)
            {
                await Task.Delay(pause, clock, cancel);
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
        }
    }
}
