using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Payments.Channels.Sandbox;

/// <summary>
/// A channel that moves no money, for a development start: a page of the shop is where the customer pays. It keeps a book of its
/// own, as if it were somewhere else, and is asked, closed and compared like any other.
/// </summary>
/// <param name="account">The shop's account there.</param>
/// <param name="database">Has its book.</param>
/// <param name="secret">Signs what it sends.</param>
internal sealed class SandboxChannel(
    ChannelAccount account,
    Database<PaymentsDb> database,
    SandboxSecret secret
) : IPaymentChannel
{
    /// <summary>How long money takes on its way back.</summary>
    private static readonly TimeSpan _refundTakes = TimeSpan.FromSeconds(2);

    // More than any order, less than what adds up to too much.
    private const long Most = 1_000_000_000_000;

    /// <inheritdoc />
    public ChannelTraits Traits { get; } =
        new(
            PaymentChannelCode.Sandbox,
            [PaymentMethod.Web, PaymentMethod.WebMobile],
            currency => Currencies.Exists(currency) ? new AmountRange(1, Most) : null
        )
        {
            Merchant = "sandbox",
        };

    /// <inheritdoc />
    public async Task<BeginOutcome> BeginAsync(PaymentOrder order, CancellationToken cancel)
    {
        await database.Primary.ExecuteAsync(
            $"""
            insert into payments.sandbox_trade
                (out_no, reference, minor, currency, description, token, return_url, expires_at)
            values ({Sql.Value(order.OutNo)}, {Sql.Value($"SB{order.OutNo}")}, {Sql.Value(
                order.Amount.Minor
            )},
                {Sql.Value(order.Amount.Currency)}, {Sql.Value(order.Description)}, {Sql.Value(order.Token)},
                {Sql.Value(order.ReturnUrl?.ToString())}, {Sql.Value(order.ExpiresAt)})
            on conflict do nothing
            """,
            cancel
        );
        var page = new Uri(
            account.NotifyUrl,
            $"/payments/sandbox/{order.OutNo}?k={secret.PageKey(order.OutNo)}"
        );
        return new BeginOutcome.Ready(new ChannelAction.Redirect(page, IsPost: false, []), Reference: null);
    }

    /// <inheritdoc />
    public async Task<Finding> QueryAsync(PaymentRef payment, CancellationToken cancel) =>
        await FindAsync(payment.OutNo, cancel) is { } trade ? Finding(trade) : new Finding.NotFound();

    /// <inheritdoc />
    public async Task<Finding> CloseAsync(PaymentRef payment, CancellationToken cancel)
    {
        await database.Primary.ExecuteAsync(
            $"""
            update payments.sandbox_trade set closed_at = {Sql.Value(account.Clock.GetUtcNow())}
            where out_no = {Sql.Value(payment.OutNo)} and paid_at is null and closed_at is null
            """,
            cancel
        );
        return await QueryAsync(payment, cancel);
    }

    /// <inheritdoc />
    public Task<Finding> CaptureAsync(PaymentRef payment, long minor, CancellationToken cancel) =>
        throw new NotSupportedException("The sandbox holds no money.");

    /// <inheritdoc />
    public async Task<RefundFinding> RefundAsync(RefundOrder refund, CancellationToken cancel)
    {
        await database.Primary.ExecuteAsync(
            $"""
            insert into payments.sandbox_trade
                (out_no, reference, payment_out_no, minor, currency, description, token, paid_minor, paid_at, expires_at)
            select {Sql.Value(refund.OutNo)}, {Sql.Value($"SB{refund.OutNo}")}, out_no, {Sql.Value(
                refund.Amount.Minor
            )},
                currency, {Sql.Value(refund.Reason)}, '', {Sql.Value(refund.Amount.Minor)},
                {Sql.Value(account.Clock.GetUtcNow() + _refundTakes)}, expires_at
            from payments.sandbox_trade where out_no = {Sql.Value(
                refund.Payment.OutNo
            )} and paid_at is not null
            on conflict do nothing
            """,
            cancel
        );
        return await QueryRefundAsync(refund, cancel);
    }

    /// <inheritdoc />
    public async Task<RefundFinding> QueryRefundAsync(RefundOrder refund, CancellationToken cancel) =>
        await FindAsync(refund.OutNo, cancel) switch
        {
            null => new RefundFinding.NotFound(),
            var trade when trade.PaidAt <= account.Clock.GetUtcNow() => new RefundFinding.Done(
                trade.Reference
            ),
            var trade => new RefundFinding.Accepted(trade.Reference),
        };

    /// <inheritdoc />
    public NoticeReading ReadNotice(NoticeHeaders headers, ReadOnlyMemory<byte> body)
    {
        if (!secret.Verifies(headers(SandboxSecret.Header), body.Span))
        {
            return new NoticeReading.Forged("the signature is not the sandbox's");
        }

        var notice = JsonSerializer.Deserialize<SandboxNotice>(body.Span, StoredJson.Options)!;
        return new NoticeReading.OfPayment(
            notice.Id,
            notice.OutNo,
            notice.IsPaid
                ? new Finding.Paid(
                    new(
                        notice.OutNo,
                        notice.Reference,
                        notice.Minor,
                        notice.Currency,
                        Merchant: "sandbox",
                        Token: notice.Token
                    )
                )
                : new Finding.Refused("DECLINED")
        );
    }

    /// <inheritdoc />
    public NoticeAnswer AnswerFor(NoticeResult result) =>
        new(NoticeAnswer.StatusOf(result), "text/plain", result.ToString());

    /// <inheritdoc />
    public async Task<BillReading> ReadBillAsync(DateOnly day, CancellationToken cancel)
    {
        var from = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        if (from.AddDays(1) > account.Clock.GetUtcNow())
        {
            return new BillReading.NotYet();
        }

        var lines = await database.Primary.ListAsync(
            $"""
            select out_no, reference, payment_out_no, paid_minor, currency, paid_at from payments.sandbox_trade
            where paid_at >= {Sql.Value(from)} and paid_at < {Sql.Value(from.AddDays(1))}
            order by paid_at, out_no
            """,
            row =>
            {
                var payment = row.GetValue(2) as string;
                return new BillLine(
                    payment is not null,
                    row.GetString(0),
                    row.GetString(1),
                    payment,
                    row.GetInt64(3),
                    row.GetString(4),
                    FeeMinor: null,
                    row.GetFieldValue<DateTimeOffset>(5)
                );
            },
            cancel
        );
        return lines.Count == 0
            ? new BillReading.None()
            : new BillReading.Lines(
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StoredJson.Write(lines)))),
                lines.ToAsyncEnumerable()
            );
    }

    private Finding Finding(SandboxTrade trade) =>
        trade.PaidMinor is { } paid
            ? new Finding.Paid(
                new(
                    trade.OutNo,
                    trade.Reference,
                    paid,
                    trade.Currency,
                    Merchant: "sandbox",
                    PaidAt: trade.PaidAt,
                    Token: trade.Token
                )
            )
        : trade.ClosedAt is not null || trade.ExpiresAt <= account.Clock.GetUtcNow() ? new Finding.Closed()
        : new Finding.Waiting();

    private async Task<SandboxTrade?> FindAsync(string outNo, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db.SandboxTrades.SingleOrDefaultAsync(trade => trade.OutNo == outNo, cancel);
    }
}

/// <summary>What the sandbox sends by itself.</summary>
/// <param name="Id">Another for each of them.</param>
/// <param name="OutNo">The shop's number for the payment.</param>
/// <param name="Reference">The sandbox's.</param>
/// <param name="IsPaid">Whether it was paid, or declined.</param>
/// <param name="Minor">How much, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Token">The token that came with it.</param>
public sealed record SandboxNotice(
    string Id,
    string OutNo,
    string Reference,
    bool IsPaid,
    long Minor,
    string Currency,
    string Token
);
