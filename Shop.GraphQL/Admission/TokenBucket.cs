namespace Shop.GraphQL.Admission;

/// <summary>
/// Points of one process. What asks for more than can ever be there is let in by a full bucket, which then owes the rest: else it
/// would wait for ever.
/// </summary>
/// <param name="clock">Tells how much has come in.</param>
/// <param name="level">How many are there at first; null for as many as can be.</param>
internal sealed class TokenBucket(TimeProvider clock, double? level = null) : Points
{
    private readonly Lock _turn = new();
    private double _level = level ?? double.MaxValue;
    private long _filledAt = clock.GetTimestamp();
    private long _takenAt = clock.GetTimestamp();
    private long _warmSince = clock.GetTimestamp();

    /// <inheritdoc />
    public override ValueTask<TimeSpan?> TakeAsync(double points, Rate rate, CancellationToken cancel) =>
        new(TakeNow(points, rate));

    /// <inheritdoc cref="TakeAsync"/>
    public TimeSpan? TakeNow(double points, Rate rate)
    {
        var now = clock.GetTimestamp();
        lock (_turn)
        {
            if (rate.WarmUp > TimeSpan.Zero && Since(_takenAt, now) > rate.WarmUp)
            {
                _warmSince = now;
            }

            var share = rate.ShareAfter(Since(_warmSince, now));
            Fill(rate, share, now);
            var needed = Math.Min(points, Math.Max(1, rate.Burst * share));
            if (_level < needed)
            {
                return TimeSpan.FromSeconds(
                    Math.Min((needed - _level) / (rate.PerSecond * share), TimeSpan.SecondsPerDay)
                );
            }

            _level -= points;
            _takenAt = now;
            return null;
        }
    }

    /// <inheritdoc />
    public override void GiveBack(double points, Rate rate)
    {
        lock (_turn)
        {
            _level = Math.Min(_level + points, rate.Burst);
        }
    }

    /// <summary>Whether it is as a new one would be: nothing is lost when it is forgotten.</summary>
    public bool IsFull(Rate rate)
    {
        var now = clock.GetTimestamp();
        lock (_turn)
        {
            Fill(rate, rate.ShareAfter(Since(_warmSince, now)), now);
            return _level >= rate.Burst;
        }
    }

    // Of two threads the one that is later in line may have read the clock earlier.
    private TimeSpan Since(long from, long now) =>
        now > from ? clock.GetElapsedTime(from, now) : TimeSpan.Zero;

    private void Fill(Rate rate, double share, long now)
    {
        var come = Since(_filledAt, now).TotalSeconds * rate.PerSecond * share;
        _level = Math.Min(_level + come, Math.Max(1, rate.Burst * share));
        _filledAt = Math.Max(_filledAt, now);
    }
}
