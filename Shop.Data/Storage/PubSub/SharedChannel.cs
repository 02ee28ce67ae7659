using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace Shop.Data.Storage.PubSub;

/// <summary>One Redis channel of <see cref="SignalLines"/>, and who listens for which of its keys. Thread-safe.</summary>
internal sealed class SharedChannel
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, HashSet<SignalListener>> _listeners = [];

    /// <summary>Whether this node hears it.</summary>
    public Task Subscribed { get; set; } = Task.CompletedTask;

    public void Add(long key, SignalListener listener)
    {
        lock (_gate)
        {
            ref var those = ref CollectionsMarshal.GetValueRefOrAddDefault(_listeners, key, out _);
            (those ??= []).Add(listener);
        }
    }

    public void Remove(long key, SignalListener listener)
    {
        lock (_gate)
        {
            if (_listeners.TryGetValue(key, out var those) && those.Remove(listener) && those.Count == 0)
            {
                _listeners.Remove(key);
            }
        }
    }

    /// <summary>Tells each listener what was said of its key.</summary>
    public void Hear(RedisChannel channel, RedisValue message)
    {
        // Telling is quick: it puts a value into a queue that never blocks.
        lock (_gate)
        {
            foreach (var (key, said) in SignalLines.Read(message))
            {
                if (_listeners.TryGetValue(key, out var those))
                {
                    foreach (var listener in those)
                    {
                        listener.Hear(channel, said);
                    }
                }
            }
        }
    }
}
