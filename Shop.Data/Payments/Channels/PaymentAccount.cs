using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shop.Data.Storage.Breakers;
using Shop.Data.Telemetry;

namespace Shop.Data.Payments.Channels;

/// <summary>
/// An account at a channel as the shop calls it: each call has its time, a bounded number of them go at once, and while most
/// of them fail none is made for a while. What goes wrong on the way is an <c>Unknown</c> outcome, never an exception.
/// </summary>
public sealed class PaymentAccount : IDisposable
{
    private static readonly BreakerTerms _terms = new(
        ErrorRatio: 0.5,
        Window: TimeSpan.FromSeconds(30),
        Least: 20,
        Open: TimeSpan.FromSeconds(30)
    );

    private readonly IPaymentChannel _channel;
    private readonly SemaphoreSlim _turns;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private int _failures;

    internal PaymentAccount(
        string name,
        IPaymentChannel channel,
        int callsAtOnce,
        ShopMeter meter,
        TimeProvider clock,
        ILogger log
    )
    {
        (Name, _channel, _clock, _log) = (name, channel, clock, log);
        _turns = new(callsAtOnce);
        Breaker = new(name, _terms, fault => fault is NoAnswerException, meter, clock);
    }

    /// <summary>What the shop calls it.</summary>
    public string Name { get; }

    /// <summary>What the channel can do.</summary>
    public ChannelTraits Traits => _channel.Traits;

    /// <summary>Whether calls are made: most of the last ones were answered, or enough time has gone by for another try.</summary>
    public bool IsAvailable => Breaker.MayCall;

    /// <summary>How long before a key ends staff is warned: a channel takes days to give out the next.</summary>
    public static TimeSpan KeyNotice { get; } = TimeSpan.FromDays(30);

    /// <summary>Whether a key that it can't do without ends within <see cref="KeyNotice"/>, or has ended.</summary>
    public bool IsKeyEnding => Traits.KeyExpiresAt - _clock.GetUtcNow() <= KeyNotice;

    /// <summary>Knows whether most calls are answered.</summary>
    internal Breaker Breaker { get; }

    /// <summary>When this process had its last answer; null before the first.</summary>
    public DateTimeOffset? LastSuccessAt { get; private set; }

    /// <summary>How many calls of this process in a row have had no answer.</summary>
    public int Failures => _failures;

    /// <inheritdoc cref="IPaymentChannel.ReadNotice" />
    public NoticeReading ReadNotice(NoticeHeaders headers, ReadOnlyMemory<byte> body) =>
        _channel.ReadNotice(headers, body);

    /// <inheritdoc cref="IPaymentChannel.AnswerFor" />
    public NoticeAnswer AnswerFor(NoticeResult result) => _channel.AnswerFor(result);

    /// <inheritdoc cref="IPaymentChannel.BeginAsync" />
    internal Task<BeginOutcome> BeginAsync(PaymentOrder order, TimeSpan limit, CancellationToken cancel) =>
        CallAsync(
            "begin",
            stop => _channel.BeginAsync(order, stop),
            outcome => (outcome as BeginOutcome.Unknown)?.Why,
            why => new BeginOutcome.Unknown(why),
            limit,
            cancel
        );

    /// <inheritdoc cref="IPaymentChannel.QueryAsync" />
    internal Task<Finding> QueryAsync(PaymentRef payment, TimeSpan limit, CancellationToken cancel) =>
        FindAsync("query", stop => _channel.QueryAsync(payment, stop), limit, cancel);

    /// <inheritdoc cref="IPaymentChannel.CloseAsync" />
    internal Task<Finding> CloseAsync(PaymentRef payment, TimeSpan limit, CancellationToken cancel) =>
        FindAsync("close", stop => _channel.CloseAsync(payment, stop), limit, cancel);

    /// <inheritdoc cref="IPaymentChannel.CaptureAsync" />
    internal Task<Finding> CaptureAsync(
        PaymentRef payment,
        long minor,
        TimeSpan limit,
        CancellationToken cancel
    ) => FindAsync("capture", stop => _channel.CaptureAsync(payment, minor, stop), limit, cancel);

    /// <inheritdoc cref="IPaymentChannel.RefundAsync" />
    internal Task<RefundFinding> RefundAsync(RefundOrder refund, TimeSpan limit, CancellationToken cancel) =>
        FindRefundAsync("refund", stop => _channel.RefundAsync(refund, stop), limit, cancel);

    /// <inheritdoc cref="IPaymentChannel.QueryRefundAsync" />
    internal Task<RefundFinding> QueryRefundAsync(
        RefundOrder refund,
        TimeSpan limit,
        CancellationToken cancel
    ) => FindRefundAsync("query_refund", stop => _channel.QueryRefundAsync(refund, stop), limit, cancel);

    /// <inheritdoc cref="IPaymentChannel.ReadBillAsync" />
    internal Task<BillReading> ReadBillAsync(DateOnly day, TimeSpan limit, CancellationToken cancel) =>
        CallAsync(
            "bill",
            stop => _channel.ReadBillAsync(day, stop),
            _ => null,
            why => new BillReading.Broken(why),
            limit,
            cancel
        );

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    private Task<Finding> FindAsync(
        string verb,
        Func<CancellationToken, Task<Finding>> call,
        TimeSpan limit,
        CancellationToken cancel
    ) =>
        CallAsync(
            verb,
            call,
            finding => (finding as Finding.Unknown)?.Why,
            why => new Finding.Unknown(why),
            limit,
            cancel
        );

    private Task<RefundFinding> FindRefundAsync(
        string verb,
        Func<CancellationToken, Task<RefundFinding>> call,
        TimeSpan limit,
        CancellationToken cancel
    ) =>
        CallAsync(
            verb,
            call,
            finding => (finding as RefundFinding.Unknown)?.Why,
            why => new RefundFinding.Unknown(why),
            limit,
            cancel
        );

    /// <exception cref="OperationCanceledException">The caller has ended it; whether it was done is unknown.</exception>
    private async Task<T> CallAsync<T>(
        string verb,
        Func<CancellationToken, Task<T>> call,
        Func<T, string?> whyUnknown,
        Func<string, T> unknown,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        using var span = PaymentSpans.Source.StartActivity(
            $"channel.{Traits.Code.Slug()}.{verb}",
            ActivityKind.Client
        );
        using var late = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await Breaker.CallAsync(
                async () =>
                {
                    var answer = await InTurnAsync(call, late.Token, cancel, either.Token);
                    if (whyUnknown(answer) is { } why)
                    {
                        throw new NoAnswerException(why);
                    }

                    LastSuccessAt = _clock.GetUtcNow();
                    Interlocked.Exchange(ref _failures, 0);
                    return answer;
                },
                refused: () => unknown("it is not called for a while, since most calls had no answer")
            );
        }
        catch (NoAnswerException fault)
        {
            Interlocked.Increment(ref _failures);
            span?.SetStatus(ActivityStatusCode.Error, fault.Message);
            _log.NoAnswer(Name, verb, fault.Message, fault.InnerException);
            return unknown(fault.Message);
        }
    }

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
        catch (Exception fault) when (fault is not NoAnswerException && !cancel.IsCancellationRequested)
        {
            throw new NoAnswerException(
                late.IsCancellationRequested ? "it took too long" : fault.GetType().Name,
                fault
            );
        }
    }
}
