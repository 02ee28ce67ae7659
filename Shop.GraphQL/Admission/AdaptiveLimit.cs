namespace Shop.GraphQL.Admission;

/// <summary>
/// How many operations may run at once: as many as do not make each other wait. Every quarter of a second, how long half of those that
/// ended took at the most is held against what is usual; where it is much longer, fewer may run. Usual is what they take while no more
/// than <see cref="LimitBounds.Min"/> run. Where some are refused for long, so few are let in for a moment, to see it: else the crowd itself
/// would come to be usual, and what is slower for good would be refused for good. Thread-safe.
/// </summary>
internal sealed class AdaptiveLimit
{
    // A burst is let in at first; whether it was too much is known a second later.
    private const int AtFirst = 64;

    // Noise of one window moves little.
    private const double Smoothing = 0.2;
    private const double LeastStep = 0.5;

    private static readonly TimeSpan _window = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _firstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _untilLook = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestLook = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly Lock _turn = new();
    private readonly ClassPace[] _paces = [.. WorkClasses.All.Select(_ => new ClassPace())];
    private readonly int[] _running = new int[WorkClasses.All.Count];
    private double _limit = AtFirst;
    private int _all;
    private int _most;
    private bool _isWanted;
    private bool _isKnown;
    private bool _isLook;

    // How many ran, times for how long, since the window began.
    private double _work;
    private long _workUntil;
    private long _windowFrom;
    private long _lookAt;

    public AdaptiveLimit(TimeProvider clock)
    {
        _clock = clock;
        _workUntil = _windowFrom = clock.GetTimestamp();
        _lookAt = After(_windowFrom, _firstLook);
    }

    /// <summary>How many may run.</summary>
    public double Value
    {
        get
        {
            lock (_turn)
            {
                return _limit;
            }
        }
    }

    /// <summary>How many run.</summary>
    public int Running => Volatile.Read(ref _all);

    /// <summary>How many of a class run.</summary>
    public int RunningOf(WorkClass work) => Volatile.Read(ref _running[(int)work]);

    /// <summary>Takes a place for one more.</summary>
    /// <param name="work">Its class.</param>
    /// <param name="share">So much of the limit may be full before it, 0 to 1; where nothing runs, one may.</param>
    /// <param name="bounds">Of the limit.</param>
    /// <returns>When it began; null where there is no place.</returns>
    public long? TryEnter(WorkClass work, double share, LimitBounds bounds)
    {
        lock (_turn)
        {
            _limit = Math.Clamp(_limit, bounds.Min, bounds.Max);
            if (_all >= Math.Max(1, (_isLook ? bounds.Min : _limit) * share))
            {
                _isWanted = true;
                return null;
            }

            var now = _clock.GetTimestamp();
            Count(now);
            _running[(int)work]++;
            _most = Math.Max(_most, ++_all);
            return now;
        }
    }

    /// <summary>Gives the place back.</summary>
    /// <param name="work">Its class.</param>
    /// <param name="began">What <see cref="TryEnter"/> returned.</param>
    /// <param name="bounds">Of the limit.</param>
    public void Leave(WorkClass work, long began, LimitBounds bounds)
    {
        lock (_turn)
        {
            var now = _clock.GetTimestamp();
            Count(now);
            _running[(int)work]--;
            _all--;
            _paces[(int)work].Add(_clock.GetElapsedTime(began, now).TotalSeconds);
            if (_clock.GetElapsedTime(_windowFrom, now) >= _window)
            {
                EndWindow(now, bounds);
                (_most, _isWanted, _work, _windowFrom) = (_all, false, 0, now);
            }
        }
    }

    private void Count(long now)
    {
        _work += _all * _clock.GetElapsedTime(_workUntil, now).TotalSeconds;
        _workUntil = now;
    }

    private void EndWindow(long now, LimitBounds bounds)
    {
        var isQuiet = _work <= bounds.Min * _clock.GetElapsedTime(_windowFrom, now).TotalSeconds;
        var slowness = SlownessOf(isQuiet);
        if (slowness is { } times && !_isLook)
        {
            Adjust(Math.Clamp(bounds.Tolerance / times, LeastStep, 1), isQuiet, bounds);
        }

        _isKnown |= slowness is not null;
        // A look that finds no quiet ends, too. While nobody is refused, nothing needs to be known.
        var isSeen = isQuiet && slowness is not null;
        if (_isLook ? isSeen || now >= _lookAt : isQuiet || !_isWanted)
        {
            (_isLook, _lookAt) = (false, After(now, _isKnown ? _untilLook : _firstLook));
        }
        else if (now >= _lookAt)
        {
            (_isLook, _lookAt) = (true, After(now, _longestLook));
        }
    }

    private double? SlownessOf(bool isQuiet)
    {
        var (sum, count) = (0.0, 0);
        foreach (var pace in _paces)
        {
            if (pace.End(isQuiet, _isLook) is { } ended)
            {
                sum += ended.Slowness * ended.Count;
                count += ended.Count;
            }
        }

        return count == 0 ? null : sum / count;
    }

    private void Adjust(double step, bool isQuiet, LimitBounds bounds)
    {
        // What nobody has come near needs not grow, and a few that are slow are no reason for fewer.
        if (_isWanted || _most >= _limit / 2 || (step < 1 && !isQuiet))
        {
            var next = _limit * step + Math.Sqrt(_limit);
            _limit = Math.Clamp(_limit + (next - _limit) * Smoothing, bounds.Min, bounds.Max);
        }
    }

    private long After(long from, TimeSpan time) =>
        from + (long)(time.TotalSeconds * _clock.TimestampFrequency);
}

/// <summary>Between what the limit moves.</summary>
/// <param name="Min">At least so many, 1 or more; so many are not in each other's way.</param>
/// <param name="Max">At the most so many.</param>
/// <param name="Tolerance">How many times as long as usual is no reason for fewer, 1 or more.</param>
internal readonly record struct LimitBounds(int Min, int Max, double Tolerance);
