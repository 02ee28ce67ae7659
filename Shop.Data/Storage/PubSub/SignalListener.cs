using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StackExchange.Redis;

namespace Shop.Data.Storage.PubSub;

/// <summary>Keeps the signals for one who listens until they are read; when there are too many, just that there were.</summary>
internal sealed class SignalListener
{
    // A shopper's screen is behind by one or two; 16 absorb a burst, and a client further behind reads once.
    private readonly Channel<RedisValue> _heard = Channel.CreateBounded<RedisValue>(16);

    public void Hear(RedisChannel _, RedisValue signal)
    {
        while (!_heard.Writer.TryWrite(signal))
        {
            while (_heard.Reader.TryRead(out var _)) { }
            signal = Signals.ReadAgain;
        }
    }

    /// <summary>Begins with <see cref="Signals.ReadAgain"/>.</summary>
    public async IAsyncEnumerable<RedisValue> HeardAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        yield return Signals.ReadAgain;
        await foreach (var signal in _heard.Reader.ReadAllAsync(cancel))
        {
            yield return signal;
        }
    }
}
