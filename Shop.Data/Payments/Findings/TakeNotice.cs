using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Messages;
using Shop.Data.Payments.Refunds;
using Shop.Data.Storage.Faults;

namespace Shop.Data.Payments.Findings;

/// <summary>
/// Takes what a channel sends by itself: signature first, then inbox and effect in one transaction, then the answer. A forged one
/// leaves nothing.
/// </summary>
public sealed class TakeNotice(
    Database<PaymentsDb> database,
    PaymentLookup payments,
    DueBooks dues,
    PaymentAccounts accounts,
    ApplyFinding apply,
    ApplyRefundFinding applyRefund,
    TokenSecrets secrets,
    IOptions<PaymentOptions> options,
    NewId newId,
    TimeProvider clock,
    ILogger<TakeNotice> log
)
{
    /// <summary>More than any channel sends.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <param name="channel">The channel, as its address has it: <c>wechat-pay</c>.</param>
    /// <param name="name">The account.</param>
    /// <param name="headers">Those of the request.</param>
    /// <param name="body">As it came.</param>
    /// <param name="cancel">Ends it; the channel then sends it again.</param>
    /// <returns>What the channel is answered.</returns>
    public async Task<NoticeAnswer> RunAsync(
        string channel,
        string name,
        NoticeHeaders headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancel
    )
    {
        if (accounts.Find(channel, name) is not { } account)
        {
            return new(NoticeAnswer.StatusOf(NoticeResult.Refused), "text/plain", "");
        }

        NoticeResult result;
        try
        {
            result = await TakeAsync(account, account.ReadNotice(headers, body), body, cancel);
            StopPoint.Reach("notice committed, not answered");
        }
        catch (Exception fault) when (Outage.Is(fault))
        {
            result = NoticeResult.Unavailable;
        }

        return account.AnswerFor(result);
    }

    private Task<NoticeResult> TakeAsync(
        PaymentAccount account,
        NoticeReading reading,
        ReadOnlyMemory<byte> body,
        CancellationToken cancel
    )
    {
        switch (reading)
        {
            case NoticeReading.Forged(var why):
                log.Forged(account.Name, why);
                return Task.FromResult(NoticeResult.Refused);
            case NoticeReading.OfPayment(var key, var outNo, var finding)
                when OutNumbers.IsOurs(options.Value.Mark, outNo):
                return OfPaymentAsync(account, key, outNo, finding, body, cancel);
            case NoticeReading.OfRefund refund:
                return OfRefundAsync(account, refund, body, cancel);
            case NoticeReading.OfDispute dispute:
                return OfDisputeAsync(account, dispute, body, cancel);
            default:
                return Task.FromResult(NoticeResult.Done);
        }
    }

    private async Task<NoticeResult> OfPaymentAsync(
        PaymentAccount account,
        string key,
        string outNo,
        Finding finding,
        ReadOnlyMemory<byte> body,
        CancellationToken cancel
    )
    {
        if (await payments.ByOutNoAsync(account, outNo, cancel) is not (var order, var id))
        {
            return await OrphanAsync(account, key, outNo, body, cancel);
        }

        await using var book = await dues.OpenAsync(order, cancel);
        var payment = book.Of(id);
        using var span = PaymentSpans.Linked("payments.notice", payment.Traceparent);
        if (await IsKnownAsync(book.Connection, account, key, cancel))
        {
            return NoticeResult.Done;
        }

        // A token that no secret of the shop has signed is as odd as one of another payment.
        var outcome =
            finding is Finding.Paid({ Token: { } token }) && PaymentToken.Read(token, secrets.All) is null
                ? ApplyFinding.Ask(book, payment)
                : await apply.RunAsync(book, payment, account, finding, FindingSource.Notice, cancel);
        return await KeepAsync(
            book,
            NoticeRows.Of(account, key, body, outcome, book.Now, payment.Id),
            cancel
        );
    }

    private async Task<NoticeResult> OfRefundAsync(
        PaymentAccount account,
        NoticeReading.OfRefund notice,
        ReadOnlyMemory<byte> body,
        CancellationToken cancel
    )
    {
        if (await payments.RefundedAsync(account, notice, cancel) is not (var order, var id))
        {
            return notice.PaymentOutNo is { } outNo && OutNumbers.IsOurs(options.Value.Mark, outNo)
                ? await OrphanAsync(account, notice.Key, outNo, body, cancel)
                : NoticeResult.Done;
        }

        await using var book = await dues.OpenAsync(order, cancel);
        if (await IsKnownAsync(book.Connection, account, notice.Key, cancel))
        {
            return NoticeResult.Done;
        }

        var payment = book.Of(id);
        // What was made at the channel's own desk is known by the channel's number alone.
        var refund = book.RefundsOf(payment)
            .FirstOrDefault(refund =>
                notice.OutNo is { } number
                    ? refund.OutNo == number
                    : refund.Reference is { } made && made == notice.Reference
            );
        var isNew = refund is null
            ? applyRefund.Foreign(book, payment, notice)
            : await applyRefund.RunAsync(book, payment, refund, notice.Finding, cancel);
        var outcome = isNew ? NoticeOutcome.Applied : NoticeOutcome.NothingNew;
        return await KeepAsync(
            book,
            NoticeRows.Of(account, notice.Key, body, outcome, book.Now, payment.Id),
            cancel
        );
    }

    private async Task<NoticeResult> OfDisputeAsync(
        PaymentAccount account,
        NoticeReading.OfDispute dispute,
        ReadOnlyMemory<byte> body,
        CancellationToken cancel
    )
    {
        if (await payments.ByReferenceAsync(account, dispute.Reference, cancel) is not (var order, var id))
        {
            return NoticeResult.Done;
        }

        await using var book = await dues.OpenAsync(order, cancel);
        if (await IsKnownAsync(book.Connection, account, dispute.Key, cancel))
        {
            return NoticeResult.Done;
        }

        var payment = book.Of(id);
        book.Tell(new PaymentDisputed(order, id, dispute.Text), payment);
        await book.NoteAsync(
            new()
            {
                Id = newId.Next<DifferenceId>(),
                Kind = DifferenceKind.Dispute,
                Channel = payment.Channel,
                Account = payment.Account,
                Subject = payment.OutNo,
                PaymentId = payment.Id,
                HereMinor = payment.CapturedMinor,
                Currency = payment.Currency,
                Text = dispute.Text,
                FoundAt = book.Now,
            },
            cancel
        );
        var row = NoticeRows.Of(account, dispute.Key, body, NoticeOutcome.Applied, book.Now, payment.Id);
        return await KeepAsync(book, row, cancel);
    }

    // It may overtake the row of its payment, on another node: it is to come again.
    private async Task<NoticeResult> OrphanAsync(
        PaymentAccount account,
        string key,
        string outNo,
        ReadOnlyMemory<byte> body,
        CancellationToken cancel
    )
    {
        log.Orphan(account.Name, outNo);
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await NoticeRows.AddAsync(
            connection,
            NoticeRows.Of(account, key, body, NoticeOutcome.Orphan, clock.GetUtcNow(), payment: null),
            cancel
        );
        return NoticeResult.Orphan;
    }

    // In the transaction of the effect, so that a second delivery finds it.
    private static async Task<NoticeResult> KeepAsync(DueBook book, Notice notice, CancellationToken cancel)
    {
        await NoticeRows.AddAsync(book.Connection, notice, cancel);
        await book.CommitAsync(cancel);
        return NoticeResult.Done;
    }

    private static Task<bool> IsKnownAsync(
        NpgsqlConnection connection,
        PaymentAccount account,
        string key,
        CancellationToken cancel
    ) => NoticeRows.IsTakenAsync(connection, account.Traits.Code, account.Name, key, cancel);
}
