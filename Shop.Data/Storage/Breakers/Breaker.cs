using Shop.Data.Telemetry;

namespace Shop.Data.Storage.Breakers;

/// <summary>
/// Stands before a store or a service: while most calls fail, or are slow, none is made for a while, and then one, to see. Its terms
/// may change at any time; what it has counted, and whether it is open, outlast them. Thread-safe.
/// </summary>
public sealed class Breaker
{
    private readonly Func<Exception, bool> _isFailure;
    private readonly ShopMeter _meter;
    private readonly TimeProvider _clock;
    private readonly CallWindow _window;
    private readonly Lock _turn = new();
    private BreakerTerms _terms;
    private BreakerState _state;

    // Another one from each opening, look and closing on: how a call ends that was begun before says nothing about what is after.
    private long _era;

    // Null where the next call is to see.
    private long? _pausedAt;

    /// <param name="id">As metrics, rules and staff call it.</param>
    /// <param name="own">Its terms, unless somebody says otherwise.</param>
    /// <param name="isFailure">Whether a call that ended so has failed. Any other end is an answer; that the caller left is none.</param>
    /// <param name="meter">Counts the calls.</param>
    /// <param name="clock">By which it opens and looks.</param>
    public Breaker(
        string id,
        BreakerTerms own,
        Func<Exception, bool> isFailure,
        ShopMeter meter,
        TimeProvider clock
    )
    {
        (Id, Own, _terms, _isFailure) = (id, own, own, isFailure);
        (_meter, _clock, _window) = (meter, clock, new(clock));
    }

    /// <summary>As metrics, rules and staff call it.</summary>
    public string Id { get; }

    /// <summary>Its terms, unless somebody says otherwise.</summary>
    public BreakerTerms Own { get; }

    /// <summary>Its terms now. One that is open is so for as long as they say, from when it opened.</summary>
    public BreakerTerms Terms
    {
        get => Volatile.Read(ref _terms);
        set => Volatile.Write(ref _terms, value);
    }

    /// <summary>Whether calls are made.</summary>
    public BreakerState State
    {
        get
        {
            lock (_turn)
            {
                return _state;
            }
        }
    }

    /// <summary>Whether a call would be made now.</summary>
    public bool MayCall
    {
        get
        {
            lock (_turn)
            {
                return _state == BreakerState.Closed || IsPauseOver;
            }
        }
    }

    private bool IsPauseOver => _pausedAt is not { } at || _clock.GetElapsedTime(at) >= Terms.Open;

    /// <summary>Makes a call.</summary>
    /// <param name="call">What it is to do.</param>
    /// <param name="refused">What is answered where none is made.</param>
    public async Task<T> CallAsync<T>(Func<Task<T>> call, Func<T> refused)
    {
        if (Enter() is not { } era)
        {
            _meter.Called(Id, "refused");
            return refused();
        }

        var began = _clock.GetTimestamp();
        try
        {
            var answer = await call();
            Leave(era, began, hasFailed: false);
            return answer;
        }
        catch (Exception fault)
        {
            var hasFailed = _isFailure(fault);
            if (hasFailed || fault is not OperationCanceledException)
            {
                Leave(era, began, hasFailed);
            }
            else
            {
                GiveUp(era);
            }

            throw;
        }
    }

    /// <returns>The era that the call belongs to; null where it is not made.</returns>
    private long? Enter()
    {
        lock (_turn)
        {
            if (_state == BreakerState.Closed)
            {
                return _era;
            }

            if (!IsPauseOver)
            {
                return null;
            }

            // The next one goes after another pause, should this one never end.
            _pausedAt = _clock.GetTimestamp();
            _state = BreakerState.HalfOpen;
            return ++_era;
        }
    }

    private void Leave(long era, long began, bool hasFailed)
    {
        var terms = Terms;
        var isSlow = _clock.GetElapsedTime(began) >= terms.SlowCall;
        _meter.Called(
            Id,
            hasFailed ? "failed"
                : isSlow ? "slow"
                : "ok"
        );
        lock (_turn)
        {
            if (era == _era)
            {
                Judge(hasFailed, isSlow, terms);
            }
        }
    }

    private void Judge(bool hasFailed, bool isSlow, BreakerTerms terms)
    {
        if (_state == BreakerState.HalfOpen)
        {
            Turn(hasFailed || isSlow ? BreakerState.Open : BreakerState.Closed);
            return;
        }

        var all = _window.Add(new(1, hasFailed ? 1 : 0, isSlow ? 1 : 0), terms.Window);
        if (
            all.Calls >= terms.Least
            && (
                (hasFailed && all.Failed >= terms.ErrorRatio * all.Calls)
                || (isSlow && all.Slow >= terms.SlowRatio * all.Calls)
            )
        )
        {
            Turn(BreakerState.Open);
        }
    }

    private void Turn(BreakerState to)
    {
        (_state, _pausedAt) = (to, _clock.GetTimestamp());
        _era++;
        _window.Clear();
    }

    // Nobody knows how it would have ended.
    private void GiveUp(long era)
    {
        lock (_turn)
        {
            if (era == _era && _state == BreakerState.HalfOpen)
            {
                (_state, _pausedAt) = (BreakerState.Open, null);
            }
        }
    }
}
