using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;

namespace Shop.Data.Payments.Begin;

/// <summary>
/// Opens a payment at a channel. The row comes before the call, with the number and token that every further call uses; the
/// call is in no transaction; the answer comes after the commit. An order has one open payment: another one is closed first.
/// </summary>
public sealed class BeginPayment(
    OpenPayment open,
    PaymentChoice choice,
    PaymentAccounts accounts,
    TokenMint tokens,
    SaveBegin save,
    EndPayment end,
    IOptions<PaymentOptions> options,
    TimeProvider clock
)
{
    // Below it a call is left to the job: the customer gets an answer in time.
    private static readonly TimeSpan _leastCall = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _reserve = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pollAfter = TimeSpan.FromSeconds(3);

    // Other tries that are closed for this one.
    private const int MaxRounds = 3;

    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    /// <exception cref="OperationCanceledException">The client is gone, and nothing was written.</exception>
    public async Task<BeginPaymentResult> RunAsync(BeginPaymentRequest request, CancellationToken cancel)
    {
        using var span = PaymentSpans.Source.StartActivity("payments.begin");
        var started = clock.GetTimestamp();
        var (account, refusal) = choice.Choose(request.Order.Total, request.Channel, request.Method);
        var token = account is null
            ? ""
            : await tokens.MintAsync(request.Order.OrderId, request.IdempotencyKey, cancel);
        for (var round = 0; round < MaxRounds; round++)
        {
            switch (await open.RunAsync(request, account, token, cancel))
            {
                case OpenedPayment.New(var payment):
                    StopPoint.Reach("payment committed, channel not asked");
                    return await AskAsync(payment, isReplay: false, request.Subjects, Rest(started));
                case OpenedPayment.There(var payment, var isReplay):
                    return IsToAskAgain(payment, isReplay)
                        ? await AskAsync(payment, isReplay, request.Subjects, Rest(started))
                        : save.Of(payment, isReplay);
                case OpenedPayment.Busy(var other):
                    if (await CloseAsync(other, request.Subjects, Rest(started), cancel) is { } obstacle)
                    {
                        return obstacle;
                    }

                    break;
                case OpenedPayment.NoAccount:
                    return refusal!;
                case OpenedPayment.Refused(var result):
                    return result;
            }
        }

        return new BeginPaymentResult.NotAllowedNow("Other tries to pay are under way.");
    }

    private TimeSpan Rest(long started) =>
        options.Value.RequestLimit - clock.GetElapsedTime(started) - _reserve;

    // Whoever opens a second tab gets a fresh action, where the channel gives one; a lost answer is not asked for twice.
    private bool IsToAskAgain(Payment payment, bool isReplay) =>
        payment
            is {
                Status: PaymentStatus.Begun or PaymentStatus.Uncertain or PaymentStatus.Pending,
                Closing: null
            }
        && (payment.Action is null || !isReplay)
        && accounts.Find(payment.Channel, payment.Account) is { } account
        && account.Traits.IsRepeatable(payment.Method);

    /// <returns>Null where it is closed.</returns>
    private async Task<BeginPaymentResult?> CloseAsync(
        PaymentId other,
        IReadOnlyCollection<string> subjects,
        TimeSpan rest,
        CancellationToken cancel
    )
    {
        switch (await end.RunAsync(other, PaymentReason.Replaced, rest, subjects, staff: null, cancel))
        {
            case EndPaymentResult.Ended:
                StopPoint.Reach("other payment closed, next not begun");
                return null;
            case EndPaymentResult.Paid:
                return new BeginPaymentResult.NotAllowedNow("The order is paid.");
            default:
                return new BeginPaymentResult.PaymentOpen(other, clock.GetUtcNow() + _pollAfter);
        }
    }

    /// <summary>
    /// Asks the channel and keeps its answer. That the client is gone does not end this: what the channel was asked for is the
    /// shop's to know.
    /// </summary>
    private async Task<BeginPaymentResult> AskAsync(
        Payment payment,
        bool isReplay,
        IReadOnlyCollection<string> subjects,
        TimeSpan rest
    )
    {
        var account = accounts.Find(payment.Channel, payment.Account)!;
        var limit = rest < options.Value.CallLimit ? rest : options.Value.CallLimit;
        if (account.Traits.NeedsCall(payment.Method) && limit < _leastCall)
        {
            return save.Of(payment, isReplay);
        }

        var outcome = await account.BeginAsync(payment.Request, limit, CancellationToken.None);
        StopPoint.Reach("channel asked, answer not kept");
        return await save.RunAsync(payment, outcome, isReplay, subjects);
    }
}
