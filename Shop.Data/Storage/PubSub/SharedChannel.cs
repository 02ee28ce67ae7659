using StackExchange.Redis;

namespace Shop.Data.Storage.PubSub;

/// <summary>One Redis channel of <see cref="SignalLines"/>, and who listens for which of its keys. Thread-safe.</summary>
/// <param name="pause">How long after a signal of a key the next ones are held back, and then told as one.</param>
/// <param name="clock">Tells when that is over.</param>
internal sealed class SharedChannel(TimeSpan pause, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Listeners> _listeners = [];

    /// <summary>Whether this node hears it.</summary>
    public Task Subscribed { get; set; } = Task.CompletedTask;

    public void Add(long key, SignalListener listener)
    {
        lock (_gate)
        {
            if (!_listeners.TryGetValue(key, out var those))
            {
                _listeners.Add(key, those = new());
            }

            those.All.Add(listener);
        }
    }

    public void Remove(long key, SignalListener listener)
    {
        lock (_gate)
        {
            if (
                _listeners.TryGetValue(key, out var those)
                && those.All.Remove(listener)
                && those.All.Count == 0
            )
            {
                _listeners.Remove(key);
                those.Waiting?.Dispose();
            }
        }
    }

    /// <summary>Tells each listener what was said of its key.</summary>
    public void Hear(RedisChannel _, RedisValue message)
    {
        // Telling is quick: it puts a value into a queue that never blocks.
        lock (_gate)
        {
            foreach (var (key, said) in SignalLines.Read(message))
            {
                if (_listeners.TryGetValue(key, out var those))
                {
                    Hear(those, said);
                }
            }
        }
    }

    private void Hear(Listeners those, RedisValue said)
    {
        if (those.Waiting is not null)
        {
            return;
        }

        var left = those.Told is { } told ? pause - clock.GetElapsedTime(told) : TimeSpan.Zero;
        if (left <= TimeSpan.Zero)
        {
            Tell(those, said);
            return;
        }

        those.Waiting = clock.CreateTimer(_ => TellWaiting(those), null, left, Timeout.InfiniteTimeSpan);
    }

    private void TellWaiting(Listeners those)
    {
        lock (_gate)
        {
            those.Waiting?.Dispose();
            those.Waiting = null;
            Tell(those, Signals.ReadAgain);
        }
    }

    private void Tell(Listeners those, RedisValue said)
    {
        those.Told = clock.GetTimestamp();
        foreach (var listener in those.All)
        {
            listener.Hear(default, said);
        }
    }

    /// <summary>Who listens for one key.</summary>
    private sealed class Listeners
    {
        public HashSet<SignalListener> All { get; } = [];

        /// <summary>When they were told last.</summary>
        public long? Told { get; set; }

        /// <summary>Tells them what is held back; null where nothing is.</summary>
        public ITimer? Waiting { get; set; }
    }
}
