using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Shop.Data.Storage.PubSub;

/// <summary>
/// Hears what is published on Redis channels, by this node or another. However many listen to one channel, this node
/// subscribes to it once. Thread-safe; one for the process.
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
    // comes, its UNSUBSCRIBE may overtake. So they are sent one after the other; the answers are waited for outside.
    private readonly Lock _sending = new();
    private readonly Dictionary<string, SharedChannel> _shared = [];
    private readonly ConcurrentDictionary<SignalListener, bool> _listeners = [];
    private readonly IConnectionMultiplexer _redis;
    private readonly ISubscriber _subscriber;
    private readonly TimeProvider _clock;

    public Signals(IConnectionMultiplexer redis, TimeProvider clock)
    {
        (_redis, _clock) = (redis, clock);
        _subscriber = redis.GetSubscriber();
        _redis.ConnectionRestored += OnRestored;
    }

    /// <summary>
    /// Listens until it is cancelled. The first signal is <see cref="ReadAgain"/>, once the subscription stands: whatever
    /// is published from then on is heard. It comes again after each reconnection, and in place of the signals for
    /// which a listener was too slow. While Redis is away it comes at once, and again when Redis is back. This node
    /// leaves the channel with the last who listens.
    /// </summary>
    /// <exception cref="RedisServerException">Redis refuses the channel.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled: the only way it ends well.</exception>
    public async IAsyncEnumerable<RedisValue> ListenAsync(
        string channel,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (name, listener) = (RedisChannel.Literal(channel), new SignalListener());
        // Listed before it subscribes: whichever connection comes up from here on, it is told.
        _listeners.TryAdd(listener, true);
        var subscribed = Subscribe(name, listener.Hear);
        try
        {
            await StandsAsync(name, subscribed).WaitAsync(cancel);
            await foreach (var signal in listener.HeardAsync(cancel))
            {
                yield return signal;
            }
        }
        finally
        {
            _listeners.TryRemove(listener, out _);
            // Not waited for: a listener that leaves has no use for it, and Redis may be away.
            _ = UnsubscribeAsync(name, listener.Hear, subscribed);
        }
    }

    /// <summary>
    /// The same for one key of a channel on which <see cref="SignalLines"/> are published, many signals in one message.
    /// This node hears them all and picks out what is listened for; it leaves such a channel only with its end.
    /// </summary>
    /// <param name="channel">Which.</param>
    /// <param name="key">Of what.</param>
    /// <param name="pause">
    /// After a signal, how long the next ones of the key are held back, which then come as one <see cref="ReadAgain"/>; zero
    /// where each matters. The same for all who listen to a channel.
    /// </param>
    /// <param name="cancel">Ends it.</param>
    /// <inheritdoc cref="ListenAsync(string, CancellationToken)" path="/exception"/>
    public async IAsyncEnumerable<RedisValue> ListenAsync(
        string channel,
        long key,
        TimeSpan pause,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (shared, listener) = (Share(channel, pause), new SignalListener());
        _listeners.TryAdd(listener, true);
        shared.Add(key, listener);
        try
        {
            await StandsAsync(RedisChannel.Literal(channel), shared.Subscribed).WaitAsync(cancel);
            await foreach (var signal in listener.HeardAsync(cancel))
            {
                yield return signal;
            }
        }
        finally
        {
            shared.Remove(key, listener);
            _listeners.TryRemove(listener, out _);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _redis.ConnectionRestored -= OnRestored;

    private SharedChannel Share(string channel, TimeSpan pause)
    {
        lock (_shared)
        {
            if (!_shared.TryGetValue(channel, out var shared))
            {
                shared = new(pause, _clock);
                shared.Subscribed = Subscribe(RedisChannel.Literal(channel), shared.Hear);
                _shared.Add(channel, shared);
            }

            return shared;
        }
    }

    private Task Subscribe(RedisChannel name, Action<RedisChannel, RedisValue> hear)
    {
        lock (_sending)
        {
            return _subscriber.SubscribeAsync(name, hear);
        }
    }

    private async Task UnsubscribeAsync(
        RedisChannel name,
        Action<RedisChannel, RedisValue> hear,
        Task subscribed
    )
    {
        // The client does not take back a subscription that is still on its way: it would stand for ever.
        await subscribed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_sending)
        {
            _ = _subscriber.UnsubscribeAsync(name, hear, CommandFlags.FireAndForget);
        }
    }

    // The client remembers what was asked of it and asks Redis again when it is back, so nothing is lost but time.
    private async Task StandsAsync(RedisChannel name, Task subscribed)
    {
        if (_subscriber.IsConnected(name))
        {
            try
            {
                await subscribed;
            }
            catch (Exception fault) when (fault is RedisConnectionException or TimeoutException)
            {
                // It went away just now.
            }
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored) => _ = WakeAllAsync();

    private async Task WakeAllAsync()
    {
        // The client has asked for its channels again by now; the answer to a ping comes after those to that. If it
        // does not come, the connection is down again: reading too early does no harm, and the next time is near.
        Task subscribed = _subscriber.PingAsync();
        await subscribed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var listener in _listeners.Keys)
        {
            listener.Hear(default, ReadAgain);
        }
    }
}
