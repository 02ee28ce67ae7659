using Microsoft.Extensions.Logging;
using Shop.Data.Storage.Breakers;
using Shop.Data.Telemetry;

namespace Shop.Data.Outside;

/// <summary>
/// The line to somebody outside: each call has its time, a bounded number of them go at once, and while most of them fail none is
/// made for a while. What goes wrong on the way is no answer, never an exception. Not to be used inside a transaction.
/// </summary>
public sealed class OutsideLine : IDisposable
{
    /// <summary>How long no call is made after most have failed, unless its terms say otherwise.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>So many calls have to be known before it is judged whether most fail: customers of a small shop shall not each wait, either.</summary>
    public const int CallsToJudge = 5;

    private readonly SemaphoreSlim _turns;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    /// <param name="terms">Whose line it is, and how many calls it takes.</param>
    /// <param name="meter">Counts the calls.</param>
    /// <param name="clock">By which they are late.</param>
    /// <param name="log">Says why there was no answer.</param>
    public OutsideLine(OutsideTerms terms, ShopMeter meter, TimeProvider clock, ILogger<OutsideLine> log)
    {
        (_clock, _log) = (clock, log);
        _turns = new(terms.CallsAtOnce);
        Breaker = new(
            terms.Name,
            new(ErrorRatio: 0.5, terms.JudgedFor, terms.CallsToJudge, terms.Pause),
            fault => fault is UnusableAnswerException,
            meter,
            clock
        );
    }

    /// <summary>Knows whether most fail.</summary>
    internal Breaker Breaker { get; }

    /// <summary>Makes a call.</summary>
    /// <param name="call">Ends with its token.</param>
    /// <param name="limit">How long it may take, its wait for a turn included.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null where there is no answer that can be used.</returns>
    /// <exception cref="OperationCanceledException">The caller has ended it; whether it was done is unknown.</exception>
    public async Task<T?> CallAsync<T>(
        Func<CancellationToken, Task<T>> call,
        TimeSpan limit,
        CancellationToken cancel
    )
        where T : class
    {
        using var late = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await Breaker.CallAsync<T?>(
                async () => await InTurnAsync(call, late.Token, cancel, either.Token),
                refused: () => null
            );
        }
        catch (UnusableAnswerException fault)
        {
            _log.NoAnswer(Breaker.Id, fault.Message, fault.InnerException);
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    private async Task<T> InTurnAsync<T>(
        Func<CancellationToken, Task<T>> call,
        CancellationToken late,
        CancellationToken cancel,
        CancellationToken stop
    )
    {
        try
        {
            await _turns.WaitAsync(stop);
            try
            {
                return await call(stop);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (Exception fault) when (fault is not UnusableAnswerException && !cancel.IsCancellationRequested)
        {
            throw new UnusableAnswerException(
                late.IsCancellationRequested ? "it took too long" : fault.GetType().Name,
                fault
            );
        }
    }
}
