using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>
/// Hears what is published on Redis channels, by this node or another. However many listen to one channel, this node
/// subscribes to it once, and leaves it with the last of them. Thread-safe; one for the process.
/// </summary>
/// <remarks>
/// Pub/sub forgets: what is published while the connection is down is gone. So a signal says only <em>that</em>
/// something changed, and a listener reads the state itself.
/// </remarks>
public sealed class Signals : IDisposable
{
    /// <summary>Something may have been missed: read the state again, whatever you have seen.</summary>
    public static readonly RedisValue ReadAgain = RedisValue.Null;

    // The client shares one subscription among the handlers of a channel, but when the last one leaves while another
    // comes, its UNSUBSCRIBE may overtake. So they take turns; at 64 gates they seldom wait for a stranger.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private readonly ConcurrentDictionary<Listener, bool> _listeners = [];
    private readonly IConnectionMultiplexer _redis;
    private readonly ISubscriber _subscriber;

    public Signals(IConnectionMultiplexer redis)
    {
        _redis = redis;
        _subscriber = redis.GetSubscriber();
        _redis.ConnectionRestored += OnRestored;
    }

    /// <summary>
    /// Listens until it is cancelled. The first signal is <see cref="ReadAgain"/>, once the subscription stands: whatever
    /// is published from then on is heard. It comes again after each reconnection, and in place of the signals for
    /// which a listener was too slow.
    /// </summary>
    /// <exception cref="RedisConnectionException">Redis is away as the listening begins.</exception>
    /// <exception cref="RedisTimeoutException">Redis did not answer as the listening began.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled: the only way it ends well.</exception>
    public async IAsyncEnumerable<RedisValue> ListenAsync(
        string channel,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var name = RedisChannel.Literal(channel);
        var gate = _gates[(channel.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % _gates.Length];
        var listener = new Listener();
        try
        {
            await InTurnAsync(gate, () => _subscriber.SubscribeAsync(name, listener.Hear), cancel);
            _listeners.TryAdd(listener, true);
            listener.Hear(name, ReadAgain);
            await foreach (var signal in listener.HeardAsync(cancel))
            {
                yield return signal;
            }
        }
        finally
        {
            _listeners.TryRemove(listener, out _);
            // Whoever came has to go, so this is not cancelled; nor does it wait for a Redis that may be away.
            await InTurnAsync(
                gate,
                () => _subscriber.UnsubscribeAsync(name, listener.Hear, CommandFlags.FireAndForget),
                CancellationToken.None
            );
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _redis.ConnectionRestored -= OnRestored;
        foreach (var gate in _gates)
        {
            gate.Dispose();
        }
    }

    private static async Task InTurnAsync(SemaphoreSlim gate, Func<Task> step, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            await step();
        }
        finally
        {
            gate.Release();
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored) => _ = WakeAllAsync();

    private async Task WakeAllAsync()
    {
        // The client has asked for its channels again by now; the answer to a ping comes after those to that. If it
        // does not come, the connection is down again: reading too early harms nobody, and the next time is near.
        Task subscribed = _subscriber.PingAsync();
        await subscribed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var listener in _listeners.Keys)
        {
            listener.Hear(default, ReadAgain);
        }
    }

    private sealed class Listener
    {
        // A shopper's screen is behind by one or two; 16 absorb a burst, and whoever is further behind reads once.
        private readonly Channel<RedisValue> _heard = Channel.CreateBounded<RedisValue>(16);

        public void Hear(RedisChannel _, RedisValue signal)
        {
            while (!_heard.Writer.TryWrite(signal))
            {
                while (_heard.Reader.TryRead(out var _)) { }
                signal = ReadAgain;
            }
        }

        public IAsyncEnumerable<RedisValue> HeardAsync(CancellationToken cancel) =>
            _heard.Reader.ReadAllAsync(cancel);
    }
}
