namespace Shop.Data.Storage.Breakers;

/// <summary>What became of the last calls, by tenths of the time for which one counts. Not thread-safe.</summary>
internal sealed class CallWindow(TimeProvider clock)
{
    private const int Parts = 10;

    private readonly Tally[] _parts = new Tally[Parts];
    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _length;
    private long _newest;

    /// <summary>Adds a call.</summary>
    /// <param name="call">What became of it.</param>
    /// <param name="length">How long it counts; where that is another time than before, those before are forgotten.</param>
    /// <returns>All that count now.</returns>
    public Tally Add(Tally call, TimeSpan length)
    {
        if (length != _length)
        {
            Clear();
            (_length, _newest) = (length, 0);
        }

        var now = (long)(clock.GetElapsedTime(_began) / (length / Parts));
        for (var part = Math.Max(_newest + 1, now - Parts + 1); part <= now; part++)
        {
            _parts[part % Parts] = default;
        }

        _newest = now;
        _parts[now % Parts] += call;
        return _parts.Aggregate((all, part) => all + part);
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => Array.Clear(_parts);

    /// <summary>How many calls, and how many of them failed and were slow.</summary>
    internal readonly record struct Tally(int Calls, int Failed, int Slow)
    {
        public static Tally operator +(Tally left, Tally right) =>
            new(left.Calls + right.Calls, left.Failed + right.Failed, left.Slow + right.Slow);
    }
}
