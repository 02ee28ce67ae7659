using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments.Fixtures;

/// <summary>A question that a channel was asked.</summary>
/// <param name="Verb">As the seam names it: <c>begin</c>, <c>query</c>, <c>close</c>, <c>capture</c>, <c>refund</c>, <c>query refund</c>, <c>bill</c>.</param>
/// <param name="Subject">The shop's number, or the day of a bill.</param>
public sealed record ChannelCall(string Verb, string Subject);

/// <summary>
/// A channel that answers what a test has said. Unless told otherwise it opens every payment, knows as paid what
/// <see cref="Pay(Payment)"/> was told, closes the rest and gives back at once.
/// </summary>
public sealed class ScriptedChannel : IPaymentChannel
{
    private readonly ConcurrentDictionary<string, Receipt> _paid = new();
    private readonly ConcurrentQueue<ChannelCall> _calls = new();

    private readonly PaymentChannelCode _code;

    public ScriptedChannel(PaymentChannelCode code)
    {
        _code = code;
        Reset();
    }

    /// <summary>Answers again as one that was told and asked nothing; what was paid stays so.</summary>
    [MemberNotNull(
        nameof(Traits),
        nameof(Begin),
        nameof(Query),
        nameof(Close),
        nameof(Capture),
        nameof(Refund),
        nameof(QueryRefund),
        nameof(Pause)
    )]
    public void Reset()
    {
        _calls.Clear();
        Bills.Clear();
        Traits = new(
            _code,
            [PaymentMethod.Web, PaymentMethod.QrCode],
            currency => currency == "GBP" ? new AmountRange(1, 1_000_000) : null
        )
        {
            Merchant = "merchant",
        };
        Begin = order => new BeginOutcome.Ready(
            new ChannelAction.Redirect(new($"https://channel.test/{order.OutNo}"), IsPost: false, []),
            Reference: null
        );
        Query = payment => IsPaid(payment.OutNo) ?? (Finding)new Finding.Waiting();
        Close = payment => IsPaid(payment.OutNo) ?? (Finding)new Finding.Closed();
        Capture = (payment, _) => IsPaid(payment.OutNo) ?? (Finding)new Finding.NotFound();
        Refund = refund => new RefundFinding.Done($"ref-{refund.OutNo}");
        QueryRefund = Refund;
        Pause = _ => Task.CompletedTask;
    }

    public ChannelTraits Traits { get; set; }

    public Func<PaymentOrder, BeginOutcome> Begin { get; set; }

    public Func<PaymentRef, Finding> Query { get; set; }

    public Func<PaymentRef, Finding> Close { get; set; }

    public Func<PaymentRef, long, Finding> Capture { get; set; }

    public Func<RefundOrder, RefundFinding> Refund { get; set; }

    public Func<RefundOrder, RefundFinding> QueryRefund { get; set; }

    /// <summary>What each answer waits for.</summary>
    public Func<CancellationToken, Task> Pause { get; set; }

    /// <summary>The notices that are truly the channel's, by the text of their body; all others are forged.</summary>
    public ConcurrentDictionary<string, NoticeReading> Notices { get; } = new();

    /// <summary>The book of each day; there is none yet of the others.</summary>
    public ConcurrentDictionary<DateOnly, BillReading> Bills { get; } = new();

    /// <summary>What it was asked, in that order.</summary>
    public IReadOnlyCollection<ChannelCall> Calls => _calls;

    /// <summary>The customer pays what they were asked for.</summary>
    public Receipt Pay(Payment payment) => Pay(payment, payment.AmountMinor);

    /// <summary>The customer pays another amount.</summary>
    public Receipt Pay(Payment payment, long minor)
    {
        var receipt = new Receipt(
            payment.OutNo,
            $"ref-{payment.OutNo}",
            minor,
            payment.Currency,
            Merchant: "merchant",
            Token: payment.Request.Token
        );
        return _paid[payment.OutNo] = receipt;
    }

    /// <summary>The customer has not paid, whatever was said.</summary>
    public void Forget(Payment payment) => _paid.TryRemove(payment.OutNo, out _);

    public Task<BeginOutcome> BeginAsync(PaymentOrder order, CancellationToken cancel) =>
        AnswerAsync("begin", order.OutNo, () => Begin(order), cancel);

    public Task<Finding> QueryAsync(PaymentRef payment, CancellationToken cancel) =>
        AnswerAsync("query", payment.OutNo, () => Query(payment), cancel);

    public Task<Finding> CloseAsync(PaymentRef payment, CancellationToken cancel) =>
        AnswerAsync("close", payment.OutNo, () => Close(payment), cancel);

    public Task<Finding> CaptureAsync(PaymentRef payment, long minor, CancellationToken cancel) =>
        AnswerAsync("capture", payment.OutNo, () => Capture(payment, minor), cancel);

    public Task<RefundFinding> RefundAsync(RefundOrder refund, CancellationToken cancel) =>
        AnswerAsync("refund", refund.OutNo, () => Refund(refund), cancel);

    public Task<RefundFinding> QueryRefundAsync(RefundOrder refund, CancellationToken cancel) =>
        AnswerAsync("query refund", refund.OutNo, () => QueryRefund(refund), cancel);

    public Task<BillReading> ReadBillAsync(DateOnly day, CancellationToken cancel) =>
        AnswerAsync(
            "bill",
            $"{day:yyyy-MM-dd}",
            () => Bills.GetValueOrDefault(day) ?? new BillReading.NotYet(),
            cancel
        );

    public NoticeReading ReadNotice(NoticeHeaders headers, ReadOnlyMemory<byte> body) =>
        Notices.GetValueOrDefault(Encoding.UTF8.GetString(body.Span))
        ?? new NoticeReading.Forged("it was not said by the test");

    public NoticeAnswer AnswerFor(NoticeResult result) =>
        new(NoticeAnswer.StatusOf(result), "text/plain", $"{result}");

    private Finding.Paid? IsPaid(string outNo) =>
        _paid.TryGetValue(outNo, out var receipt) ? new(receipt) : null;

    private async Task<T> AnswerAsync<T>(
        string verb,
        string subject,
        Func<T> script,
        CancellationToken cancel
    )
    {
        _calls.Enqueue(new(verb, subject));
        await Pause(cancel);
        return script();
    }
}
