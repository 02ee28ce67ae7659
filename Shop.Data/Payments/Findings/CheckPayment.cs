using Microsoft.Extensions.Options;
using Shop.Data.Payments.Begin;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Findings;

/// <summary>Asks a channel about one payment and keeps what it says.</summary>
public sealed class CheckPayment(
    Database<PaymentsDb> database,
    PaymentLookup payments,
    DueBooks dues,
    PaymentAccounts accounts,
    SaveBegin saveBegin,
    ApplyFinding apply,
    IOptions<PaymentOptions> options,
    TimeProvider clock
)
{
    /// <summary>The least time between two questions that a client asks for.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(3);

    /// <summary>When a client may ask again.</summary>
    public DateTimeOffset NextAt() => clock.GetUtcNow() + _pause;

    /// <summary>Asks at once, for a client that is back from the channel.</summary>
    /// <param name="id">About which payment.</param>
    /// <param name="subjects">On whose behalf, for <see cref="WritePositions"/>.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>When it may ask again; null where the channel was asked.</returns>
    public async Task<DateTimeOffset?> RunNowAsync(
        PaymentId id,
        IReadOnlyCollection<string> subjects,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var taken = await database.Primary.ExecuteAsync(
            $"""
            update payments.payment set asked_at = {Sql.Value(now)}
            where id = {Sql.Value(id.Value)} and (asked_at is null or asked_at <= {Sql.Value(now - _pause)})
            """,
            cancel
        );
        if (taken == 0)
        {
            return now + _pause;
        }

        await RunAsync(id, subjects, cancel);
        return null;
    }

    /// <summary>Asks on behalf of a job.</summary>
    internal Task RunAsync(PaymentId id, CancellationToken cancel) => RunAsync(id, [], cancel);

    private async Task RunAsync(PaymentId id, IReadOnlyCollection<string> subjects, CancellationToken cancel)
    {
        var payment = (await payments.FindAsync(id, cancel))!;
        using var span = PaymentSpans.Linked("payments.check", payment.Traceparent);
        if (accounts.Find(payment.Channel, payment.Account) is not { } account)
        {
            // Its settings are gone; they may come back.
            await SaveAsync(payment, null, new Finding.Unknown("no such account"), subjects, cancel);
        }
        else if (IsToBegin(payment))
        {
            await BeginAsync(payment, account, subjects, cancel);
        }
        else
        {
            var finding = IsToClose(payment)
                ? await account.EndAsync(payment, options.Value.CallLimit, cancel)
                : await account.QueryAsync(payment.Ref, options.Value.CallLimit, cancel);
            await SaveAsync(payment, account, finding, subjects, cancel);
        }
    }

    // A begin whose answer was lost, by a time-out or with its process.
    private bool IsToBegin(Payment payment) =>
        payment is { Status: PaymentStatus.Begun or PaymentStatus.Uncertain, Closing: null }
        && clock.GetUtcNow() < payment.ExpiresAt;

    private bool IsToClose(Payment payment) =>
        payment.Status.IsOpen()
        && (
            payment.Closing is not null || clock.GetUtcNow() >= payment.ExpiresAt + PaymentSchedule.EndsAfter
        );

    /// <summary>The same number again, and the same bytes, takes no second payment. Where that can't be, another try has to do.</summary>
    private async Task BeginAsync(
        Payment payment,
        PaymentAccount account,
        IReadOnlyCollection<string> subjects,
        CancellationToken cancel
    )
    {
        if (account.Traits.IsRepeatable(payment.Method))
        {
            var outcome = await account.BeginAsync(payment.Request, options.Value.CallLimit, cancel);
            await saveBegin.RunAsync(payment, outcome, isReplay: false, subjects);
            return;
        }

        await using var book = await dues.OpenAsync(payment.OrderId, cancel);
        book.Subjects = subjects;
        var now = book.Of(payment.Id);
        if (now.TryEnd(PaymentStatus.Cancelled, PaymentReason.NoAnswer))
        {
            now.CheckAt(PaymentSchedule.Closed(now, book.Now));
            book.Changed(now);
        }

        await book.CommitAsync(cancel);
    }

    private async Task SaveAsync(
        Payment asked,
        PaymentAccount? account,
        Finding finding,
        IReadOnlyCollection<string> subjects,
        CancellationToken cancel
    )
    {
        await using var book = await dues.OpenAsync(asked.OrderId, cancel);
        book.Subjects = subjects;
        var payment = book.Of(asked.Id);
        if (account is not null)
        {
            await apply.RunAsync(book, payment, account, finding, FindingSource.Answer, cancel);
        }

        if (NextAt(payment, account, finding, book.Now) is var next && !payment.Status.IsTaken())
        {
            payment.CheckAt(next, payment.Checks + 1);
        }

        await book.CommitAsync(cancel);
    }

    private static DateTimeOffset? NextAt(
        Payment payment,
        PaymentAccount? account,
        Finding finding,
        DateTimeOffset now
    ) =>
        !payment.Status.IsOpen() ? PaymentSchedule.Closed(payment, now)
        : finding is Finding.Unknown || payment.Closing is not null || account is null
            ? now + PaymentSchedule.Uncertain(payment.Checks)
        : PaymentSchedule.Pending(payment, account.Traits, now);
}
